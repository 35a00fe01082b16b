"""What stands around the body (版头与版记) and what the document is: title, number, bodies, dates, attachments, kind."""

"""doc, docx and rtf: Word's formats, read into one tree of paragraphs and tables, and that tree as blocks."""

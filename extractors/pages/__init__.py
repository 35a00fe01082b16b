"""PDF, OFD and pictures: laid-out pages, where text is pieces with boxes, read into paragraphs and tables."""

"""Readers of documents: DOCX, PDF, HTML, Excel and plain text, all into one shape (``chiso.decree.document.shape``)."""

"""What is said about documents as such, in both languages."""

from __future__ import annotations

from chiso.phrases import Phrases

PHRASES = Phrases(
    {
        "place.sheet": ("trang tính {number}", "sheet {number}"),
        "place.page": ("trang {number}", "page {number}"),
        "place.table": ("bảng {number}", "table {number}"),
        "place.row": ("dòng {number} của bảng", "row {number} of the table"),
        "place.line": ("dòng {number}", "line {number}"),
        "R101": (
            "{name}: không mở được ({problem}). Kiểm tra đường dẫn và quyền đọc.",
            "{name}: cannot be opened ({problem}). Check the path and the permission to read it.",
        ),
        "R102": (
            "{name}: tệp trống. Lấy lại văn bản từ nơi gửi.",
            "{name}: the file is empty. Get the document from its sender again.",
        ),
        "R103": (
            "{name}: tệp {size} MiB, chỉ đọc tối đa {limit} MiB. Tách phụ lục có bảng chỉ số ra rồi thử lại.",
            "{name}: {size} MiB, at most {limit} MiB are read. Save the appendix with the criteria apart and retry.",
        ),
        "R104": (
            "{name}: không phải DOCX, PDF, HTML, XLSX hay văn bản thuần ({kind}). Lưu lại ở một trong các dạng đó.",
            "{name}: neither DOCX, PDF, HTML, XLSX nor plain text ({kind}). Save it as one of these.",
        ),
        "R105": (
            "{name}: tệp hỏng ({problem}). Mở bằng phần mềm đã tạo ra nó, lưu lại rồi thử lần nữa.",
            "{name}: damaged ({problem}). Open it in the program that made it, save it again and retry.",
        ),
        "R106": (
            "{name}: tệp có mật khẩu. Bỏ mật khẩu (lưu bản không mã hóa) rồi thử lại.",
            "{name}: protected by a password. Save a copy without it and try again.",
        ),
        "R107": (
            "{name}: nội dung giải nén quá lớn ({problem}); tệp có thể cố ý làm treo máy nên không đọc.",
            "{name}: unpacks to far too much ({problem}); such files are made to stop computers, so it is not read.",
        ),
        "R108": (
            "{name}: XML khai báo thực thể hoặc DTD, văn bản thật không có; không đọc vì an toàn.",
            "{name}: its XML declares entities or a DTD, which no real document does; not read, for safety.",
        ),
        "R109": (
            "{name}: {pages} trang nhưng không có lớp chữ: đây là bản chụp (scan). Hãy chạy nhận dạng chữ "
            "(OCR tiếng Việt), rồi đưa tệp PDF có chữ hoặc văn bản đã nhận dạng vào đây.",
            "{name}: {pages} pages without a text layer: it is a scan. Run text recognition (OCR for Vietnamese) "
            "first, then give the PDF with text or the recognised text.",
        ),
        "R110": (
            "{name}: quá lớn để đọc ({what} {number}, tối đa {limit}). Tách phụ lục có bảng chỉ số ra rồi thử lại.",
            "{name}: too large to read ({what}: {number}, at most {limit}). Save the appendix with the criteria apart.",
        ),
        "R111": (
            "{name}: không phải chữ Unicode đọc được ({problem}). Chuyển văn bản sang Unicode (UTF-8) rồi thử lại; "
            "bảng mã cũ TCVN3, VNI không được hỗ trợ.",
            "{name}: not readable Unicode text ({problem}). Convert it to Unicode (UTF-8) and retry; "
            "the old encodings TCVN3 and VNI are not supported.",
        ),
        "R120": (
            "{name}: không tìm thấy bảng chỉ số nào (không có cột hay danh sách tên chỉ số với điểm tối đa hoặc "
            "mức độ). Kiểm tra xem có đúng văn bản, có đủ phụ lục không.",
            "{name}: no table of criteria was found (no columns or list of criteria with maximum points or levels). "
            "Check that it is the right document, with its appendices.",
        ),
        "R121": (
            "{name}: có vẻ không phải văn bản hành chính tiếng Việt. Chương trình chỉ đọc văn bản tiếng Việt.",
            "{name}: this does not look like a Vietnamese administrative document, the only kind that is read.",
        ),
        "R122": (
            "{name}: văn bản có {count} bộ chỉ số; không có bộ số {number}. Chọn --set từ 1 đến {count}.",
            "{name}: the document holds {count} sets; there is no set {number}. Choose --set from 1 to {count}.",
        ),
        "R123": (
            "{name}: bản nháp không nạp được dù đã bỏ những chỗ chưa chắc ({problem}). "
            "Tách riêng phụ lục có bảng chỉ số rồi thử lại.",
            "{name}: the draft cannot be loaded even without what is uncertain ({problem}). "
            "Save the appendix with the criteria apart.",
        ),
        "R124": (
            "{name}: chữ trong văn bản dùng bảng mã cũ (TCVN3, phông .Vn..., hoặc VNI). Chuyển sang Unicode bằng bộ gõ "
            "hay công cụ chuyển mã rồi thử lại.",
            "{name}: the document keeps its letters in an old encoding (TCVN3 with .Vn... fonts, or VNI). "
            "Convert it to Unicode and retry.",
        ),
        "kind.ole": ("Word hoặc Excel 97-2003", "Word or Excel 97-2003"),
        "kind.rtf": ("RTF", "RTF"),
        "kind.odf": ("OpenDocument", "OpenDocument"),
        "kind.archive": ("tệp nén", "an archive"),
        "kind.binary": ("dữ liệu nhị phân", "binary data"),
        "what.pages": ("số trang", "pages"),
        "what.criteria": ("số dòng tiêu chí", "rows of criteria"),
        "what.rows": ("số dòng của bảng", "rows of tables"),
        "what.cells": ("số ô của bảng", "cells of tables"),
        "what.characters": ("số ký tự", "characters"),
    }
)

"""Wording of unusable files (W0), faulty rows and cells (W1), forms (W2) and lists of units (W3), by code."""

from __future__ import annotations

from typing import Any

from chiso.phrases import Phrases

PHRASES = Phrases(
    {
        "near": ("Có phải bạn muốn ghi: {names}?", "Did you mean: {names}?"),
        "row": ("{file}, dòng {number}", "{file}, row {number}"),
        "item": ("{file}, mục {number}", "{file}, item {number}"),
        # Files that cannot be used
        "W001": ("Không có tệp này. Kiểm tra đường dẫn.", "There is no such file. Check the path."),
        "W002": (
            "Không mở được tệp: {problem}. Kiểm tra đường dẫn và quyền đọc.",
            "The file cannot be opened: {problem}. Check the path and the permission to read it.",
        ),
        "W003": ("Tệp trống. Chọn tệp có số liệu.", "The file is empty. Choose a file that holds figures."),
        "W004": (
            "Tệp lớn {size} MB, quá giới hạn {limit} MB cho loại tệp này. Chia nhỏ tệp, hoặc dùng CSV.",
            "The file has {size} MB, above the limit of {limit} MB for its kind. Split it, or use CSV.",
        ),
        "W005": (
            "Không ghi được tệp: {problem}. Kiểm tra đường dẫn, quyền ghi, và tệp có đang mở không.",
            "The file cannot be written: {problem}. Check the path, the permission, and whether the file is open.",
        ),
        "W010": (
            "Tệp không ở bảng mã UTF-8 (dòng {line}). Mở tệp bằng Excel và lưu lại dạng “CSV UTF-8”, "
            "hoặc lưu lại với bảng mã UTF-8 (không dùng TCVN3, VNI hay Windows-1258).",
            "The file is not in UTF-8 (row {line}). Open it in Excel and save it as “CSV UTF-8”, "
            "or save it again in UTF-8 (not TCVN3, VNI or Windows-1258).",
        ),
        "W011": (
            "Tệp dùng bảng mã {name} mà chương trình không đọc. Lưu lại tệp với bảng mã UTF-8.",
            "The file is in {name}, which is not read. Save it again in UTF-8.",
        ),
        "W012": (
            "Dòng {line} dài hơn {limit} ký tự: đây không phải là bảng số liệu. Kiểm tra lại tệp.",
            "Row {line} is longer than {limit} characters: this is not a table of figures. Check the file.",
        ),
        "W013": (
            "Tệp là {kind}, không phải bảng số liệu. Dùng tệp CSV, Excel (.xlsx) hoặc JSON.",
            "The file is {kind}, not a table of figures. Use CSV, Excel (.xlsx) or JSON.",
        ),
        "W014": (
            "Tệp được đặt mật khẩu nên không đọc được. Mở bằng Excel, bỏ mật khẩu (Tệp > Thông tin > Bảo vệ) "
            "rồi lưu lại.",
            "The file is encrypted with a password. Open it in Excel, remove the password (File > Info > "
            "Protect), save it.",
        ),
        "W015": (
            "Tệp ở dạng cũ (.xls, .doc). Mở bằng Excel và lưu lại dạng .xlsx.",
            "The file is in the old format (.xls, .doc). Open it in Excel and save it as .xlsx.",
        ),
        "W016": (
            "Tệp Excel bị hỏng: {problem}. Mở bằng Excel, lưu thành tệp .xlsx mới.",
            "The Excel file is damaged: {problem}. Open it in Excel and save it as a new .xlsx file.",
        ),
        "W017": (
            "Tệp nén này bung ra {size} MB, quá giới hạn {limit} MB: có thể là tệp phá hoại. "
            "Nếu là tệp thật, chỉ giữ các trang có số liệu, hoặc dùng CSV.",
            "The file would unpack to {size} MB, above the limit of {limit} MB, and may be malicious. "
            "If it is genuine, keep only the sheets with figures, or use CSV.",
        ),
        "W018": (
            "Phần {part} của tệp nén gấp {ratio} lần: có thể là tệp phá hoại. Nếu là tệp thật, xóa các dòng, "
            "cột trống rồi lưu lại.",
            "The part {part} is compressed {ratio} times and may be malicious. If it is genuine, delete empty "
            "rows and columns.",
        ),
        "W019": (
            "Phần {part} của tệp Excel khai báo thực thể XML (DTD), điều Excel không bao giờ làm. Tệp không được đọc; "
            "tạo lại tệp bằng Excel.",
            "The part {part} of the Excel file declares XML entities (a DTD), which Excel never does. The file "
            "is not read; "
            "make it again in Excel.",
        ),
        "W020": (
            "Trang “{sheet}” trải rộng tới ô {cell}. Xóa các ô thừa ở xa bảng số liệu rồi lưu lại.",
            'The sheet "{sheet}" reaches as far as cell {cell}. Delete stray cells far from the table and save it.',
        ),
        "W021": (
            "Không đọc được JSON (dòng {line}): {problem}. Kiểm tra dấu phẩy, dấu ngoặc.",
            "This is not JSON (row {line}): {problem}. Check commas and brackets.",
        ),
        "W022": (
            "JSON phải là một danh sách, hoặc có khóa “{key}” chứa danh sách. Sửa cấu trúc tệp.",
            'The JSON must be a list, or have a key "{key}" that holds one. Mend the structure.',
        ),
        "W023": (
            "Khóa “{key}” ngoài cùng ghi hai lần; không rõ dùng khóa nào. Gộp lại thành một.",
            'The outermost key "{key}" stands twice, and nobody can tell which one holds. Make one of them.',
        ),
        "W024": (
            "Tệp có {count} trang, quá giới hạn {limit}. Chỉ giữ các trang có số liệu, hoặc chia nhỏ tệp.",
            "The file has {count} sheets, above the limit of {limit}. Keep only those with figures, or split it.",
        ),
        "W025": (
            "Các trang trải rộng cả thảy {count} ô, quá giới hạn {limit}. Xóa các trang và ô thừa rồi lưu lại, hoặc "
            "chia nhỏ tệp.",
            "The sheets span {count} cells together, above the limit of {limit}. Delete stray sheets and cells and "
            "save it, or split the file.",
        ),
        "W026": (
            "Các ô chứa hơn {limit} ký tự: đây không phải là bảng số liệu, có thể là tệp phá hoại. Kiểm tra lại tệp.",
            "The cells hold more than {limit} characters: this is not a table of figures and may be malicious. Check "
            "the file.",
        ),
        "W027": (
            "Trang “{sheet}” có các ô gộp chồng lên nhau, điều Excel không bao giờ làm. Bỏ gộp ô rồi lưu lại.",
            'The sheet "{sheet}" has merged cells that lie over each other, which Excel never makes. Split them and '
            "save the file.",
        ),
        "W028": (
            "Tệp có hơn {limit} ô gộp. Bỏ gộp các ô ngoài bảng số liệu rồi lưu lại.",
            "The file has more than {limit} merged cells. Split those outside the tables and save it.",
        ),
        "W030": (
            "Thiếu cột {missing}. Các cột đọc được: {found}. Sửa dòng tiêu đề.",
            "The column {missing} is missing. Columns found: {found}. Mend the header row.",
        ),
        "W031": (
            "Không thấy dòng tiêu đề. Dòng đầu phải ghi tên các cột: {wanted}.",
            "There is no header row. The first row must name the columns: {wanted}.",
        ),
        "W032": (
            "Cột {name} xuất hiện hai lần. Giữ một cột.",
            "The column {name} stands twice. Keep one.",
        ),
        # Rows and cells
        "W101": (
            "Tên tệp có đuôi {suffix} nhưng nội dung là {kind}; đã đọc theo nội dung. Đổi lại tên tệp cho đúng.",
            "The name ends in {suffix} but the content is {kind}; it was read as that. Rename the file.",
        ),
        "W102": (
            "Tệp có macro. Macro không được chạy, chỉ giá trị trong ô được đọc. Lưu lại dạng .xlsx không có macro.",
            "The workbook holds macros. They were not run; only cell values were read. Save it as .xlsx without "
            "macros.",
        ),
        "W103": ("Bảng chỉ có dòng tiêu đề, không có số liệu.", "The table has a header but no rows."),
        "W104": (
            "Dòng có {cells} ô nhưng bảng chỉ có {columns} cột; dòng không được đọc. "
            "Nếu số thập phân dùng dấu phẩy, đặt số trong dấu ngoặc kép hoặc dùng dấu chấm.",
            "The row has {cells} cells but the table {columns} columns; it was not read. "
            "Put a number with a decimal comma in quotes, or use a point.",
        ),
        "W105": (
            "Dòng thiếu ô: chỉ có {cells} trên {columns} cột; dòng không được đọc. Bổ sung các ô còn thiếu.",
            "The row has only {cells} of {columns} cells; it was not read. Add the missing cells.",
        ),
        "W106": (
            "Ô cột {name} chứa nhiều dòng, có thể do thiếu dấu ngoặc kép đóng; dòng không được đọc. Kiểm tra "
            "dấu ngoặc kép.",
            "The cell of column {name} spans several lines, perhaps for want of a closing quote; it was not "
            "read. Check quotes.",
        ),
        "W107": (
            "Dòng không đọc được: {problem}. Kiểm tra dấu ngoặc kép và độ dài ô.",
            "The row cannot be read: {problem}. Check quotes and the length of cells.",
        ),
        "W108": (
            "“{value}{rest}” có thể là một số thập phân dùng dấu phẩy bị tách làm hai ô; dòng không được đọc. "
            "Đặt số trong dấu ngoặc kép hoặc dùng dấu chấm.",
            '"{value}{rest}" may be a number with a decimal comma, split in two cells; the row was not read. '
            "Put the number in quotes or use a point.",
        ),
        "W109": (
            "Không có cột “{name}”; cột này không được đọc. Sửa tên cột.",
            'There is no column "{name}"; it was not read. Mend its name.',
        ),
        "W110": (
            "Trang “{sheet}” không được đọc: thiếu cột {missing}. Sửa dòng tiêu đề của trang.",
            'The sheet "{sheet}" was not read: the column {missing} is missing. Mend its header row.',
        ),
        "W111": (
            "Ô có công thức chưa được tính nên không có giá trị. Mở tệp bằng Excel, lưu lại, hoặc ghi số vào ô.",
            "The cell holds a formula without a value. Open the file in Excel and save it, or write the number.",
        ),
        "W112": (
            "Ô báo lỗi {value}. Sửa công thức hoặc ghi số vào ô.",
            "The cell shows the error {value}. Mend the formula or write the number.",
        ),
        "W113": (
            "Ô {cell} được gộp qua nhiều dòng số liệu; các dòng này không được đọc. Tách ô và ghi giá trị cho "
            "từng dòng.",
            "The cell {cell} is merged over several rows, which were not read. Split it and write a value in each row.",
        ),
        "W114": (
            "Trang “{sheet}” đang ẩn nên không được đọc. Bỏ ẩn trang nếu cần tính số liệu này.",
            'The sheet "{sheet}" is hidden and was not read. Unhide it if its figures count.',
        ),
        "W115": (
            "Mã “{value}” trong ô số có thể là {known}. Định dạng cột mã là văn bản (Text) rồi ghi lại mã.",
            'The code "{value}" in a number cell may be {known}. Format the column as text and write the code again.',
        ),
        "W116": (
            "Excel đã đổi mã thành ngày {value}. Định dạng cột mã là văn bản (Text) rồi ghi lại mã.",
            "Excel turned the code into the date {value}. Format the column as text and write the code again.",
        ),
        "W117": (
            "Mục này không phải là một nhóm khóa và giá trị. Ghi mỗi mục như {{...}}.",
            "This is not a set of keys and values. Write each as {{...}}.",
        ),
        "W118": (
            "Khóa {name} chứa một danh sách hoặc nhóm. Ghi một giá trị đơn.",
            "The key {name} holds a list or an object. Write a single value.",
        ),
        "W119": ("Thiếu khóa {missing}.", "The key {missing} is missing."),
        "W120": ("Khóa {name} ghi hai lần. Giữ một.", "The key {name} stands twice. Keep one."),
        "W121": (
            "Khóa {name} chứa ký tự hỏng (nửa ký tự); mục không được đọc. Ghi lại giá trị.",
            "The key {name} holds half a character; the entry was not read. Write the value again.",
        ),
        "W199": (
            "Còn {count} lỗi khác trong tệp không liệt kê ở đây. Sửa các lỗi trên rồi đọc lại.",
            "There are {count} more faults in the file. Mend those above and read it again.",
        ),
        # Forms
        "W201": (
            "Biểu này lập cho bộ chỉ số {found}, không phải {wanted}. Chọn đúng biểu hoặc đúng bộ chỉ số.",
            "This form was made for the framework {found}, not {wanted}. Choose the right form or framework.",
        ),
        "W202": (
            "Biểu này lập theo phiên bản {found} của bộ chỉ số, nay là {wanted}. Kiểm tra lại các ô, hoặc lập "
            "biểu mới.",
            "This form was made for version {found} of the framework, now {wanted}. Check the cells, or make a "
            "new form.",
        ),
        "W203": (
            "Chưa ghi tên đơn vị ở ô {cell}. Ghi tên đơn vị; số liệu của biểu chưa được đọc.",
            "The unit has no name in cell {cell}. Write it; the figures of the form were not read.",
        ),
        "W204": (
            "Không thấy trang “{sheet}” trong biểu. Đặt lại đúng tên trang.",
            'The sheet "{sheet}" is not in the form. Give it its name back.',
        ),
        "W205": (
            "Bảng liên kết ẩn của biểu bị sửa hoặc hỏng (dòng {line}). Lập biểu mới và nhập lại.",
            "The hidden map of the form was changed or is damaged (row {line}). Make a new form.",
        ),
        "W206": (
            "Biểu không có số liệu nào của đơn vị này.",
            "The form holds no figure of this unit.",
        ),
        "W207": (
            "Trang “{sheet}” đã bị chèn, xóa hoặc sắp xếp lại dòng, cột (thấy ở dòng {row}) nên số liệu của trang "
            "không được đọc. Hoàn tác việc đó, hoặc chép số liệu sang biểu mới.",
            'Rows or columns were inserted into, deleted from or sorted in the sheet "{sheet}" (seen at row {row}), so '
            "its figures were not read. Undo that, or copy the figures to a new form.",
        ),
        "W208": (
            "Trang “{sheet}” là trang của một biểu khác được chép vào tệp này nên không được đọc. Gửi mỗi biểu trong "
            "một tệp riêng.",
            'The sheet "{sheet}" belongs to another form that was copied into this file, and was not read. Hand in '
            "each form as a file of its own.",
        ),
        "W210": (
            "Một biểu chứa tối đa {limit} đơn vị, ở đây có {count}. Lập nhiều biểu.",
            "A form holds at most {limit} units, here are {count}. Make several forms.",
        ),
        "W211": ("Tên đơn vị “{name}” ghi hai lần. Bỏ một tên.", 'The unit "{name}" is named twice. Remove one.'),
        "W212": (
            "Tên đơn vị không được trống, dài quá {limit} ký tự, có ký tự hỏng hoặc bắt đầu bằng @. Sửa tên “{name}”.",
            'The name of a unit may not be empty, above {limit} characters, damaged or start with @. Mend "{name}".',
        ),
        # Units
        "W301": (
            "Dòng không có tên đơn vị. Ghi tên ở cột unit.",
            "The row names no unit. Write it in the column unit.",
        ),
        "W302": (
            "Đơn vị “{name}” đã có ở {first}. Bỏ một dòng.",
            'The unit "{name}" already stands at {first}. Remove one row.',
        ),
        "W303": (
            "Không có đơn vị cấp trên “{name}” trong danh sách. Sửa tên hoặc thêm đơn vị.",
            'The parent "{name}" is not in the list. Mend the name or add the unit.',
        ),
        "W304": (
            "Các đơn vị là cấp trên của nhau theo vòng tròn: {chain}. Sửa cột parent.",
            "The units are each other's parents in a circle: {chain}. Mend the column parent.",
        ),
        "W305": (
            "“{value}” ở cột {name} không phải là ngày. Ghi như 2024-11-30 hoặc 30/11/2024.",
            '"{value}" in column {name} is not a date. Write it like 2024-11-30 or 30/11/2024.',
        ),
        "W306": (
            "Thời hạn hiệu lực kết thúc ({end}) trước khi bắt đầu ({start}). Sửa hai ngày này.",
            "The validity ends ({end}) before it starts ({start}). Mend the two dates.",
        ),
        "W307": (
            "Tên đơn vị “{name}” bắt đầu bằng @, dấu dành cho giá trị tham chiếu. Đổi tên.",
            'The unit "{name}" starts with @, which marks reference values. Rename it.',
        ),
        "W308": (
            "Danh sách có hơn {limit} đơn vị. Chia nhỏ danh sách, hoặc chỉ giữ các đơn vị được đánh giá.",
            "The list has more than {limit} units. Split it, or keep only those that are assessed.",
        ),
        "W309": (
            "Tên đơn vị dài hơn {limit} ký tự; dòng không được đọc. Ghi lại tên đơn vị.",
            "The name of the unit is longer than {limit} characters; the row was not read. Write the name again.",
        ),
        "W310": (
            "“{value}” không phải là một mức độ. Ghi số từ 0 (chưa đạt mức nào) đến {limit}.",
            '"{value}" is not a level. Write a number from 0 (none) to {limit}.',
        ),
        "W311": (
            "“{value}” ở cột recognised không phải là có hoặc không; coi là chưa được công nhận.",
            '"{value}" in column recognised is neither yes nor no; it counts as not recognised.',
        ),
        "W312": (
            "Tệp không phải là kết quả mức độ. Tạo tệp bằng: chiso score … --format json, hoặc lập bảng unit,level.",
            "The file holds no levels. Make it with: chiso score ... --format json, or write a table unit,level.",
        ),
        # What a file is
        "csv": ("văn bản CSV", "CSV text"),
        "json": ("JSON", "JSON"),
        "xlsx": ("tệp Excel", "an Excel workbook"),
        "pdf": ("tệp PDF", "a PDF"),
        "rtf": ("văn bản RTF", "an RTF document"),
        "archive": ("tệp nén", "an archive"),
        "image": ("tệp ảnh", "an image"),
        "markup": ("trang web hoặc XML", "a web page or XML"),
        "binary": ("tệp nhị phân", "a binary file"),
        "word": ("văn bản Word", "a Word document"),
        "slides": ("tệp trình chiếu", "a presentation"),
        "ods": ("bảng tính ODS (hãy lưu lại dạng .xlsx)", "an ODS spreadsheet (save it as .xlsx)"),
        "xlsb": ("tệp Excel nhị phân .xlsb (hãy lưu lại dạng .xlsx)", "a binary .xlsb workbook (save it as .xlsx)"),
    }
)

#: Data whose value is itself the code of a phrase.
_WORDS = frozenset({"kind"})


def phrase(code: str, lang: str, /, **data: Any) -> str:
    """Return the sentence for a code, filled with its data."""
    return PHRASES.text(code, lang, **{key: _word(key, value, lang) for key, value in data.items()})


def _word(key: str, value: Any, lang: str) -> Any:
    return PHRASES.text(value, lang) if key in _WORDS else value

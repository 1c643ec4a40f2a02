"""Wording of what a reconciliation finds, in both languages; the code is the key, ``.do`` says what to do about it."""

from __future__ import annotations

from chiso.phrases import Phrases

PHRASES = Phrases(
    {
        # Words of figures
        "near": ("Có phải là: {near}?", "Is it: {near}?"),
        "range": ("Kể cả làm tròn: {range}.", "Allowing for rounding: {range}."),
        "where": ("{equation}, trong đó {legend}", "{equation}, where {legend}"),
        "letter": ("{letter} là {name} ({possible})", "{letter} is {name} ({possible})"),
        "none": ("không có giá trị nào", "no value"),
        "closed": ("từ {low} đến {high}", "{low} to {high}"),
        "below": ("từ {low} đến dưới {high}", "{low} to below {high}"),
        "above": ("trên {low} đến {high}", "above {low} to {high}"),
        "open": ("trên {low} đến dưới {high}", "above {low} to below {high}"),
        # Rows that cannot be used as they stand
        "R101": ("Dòng có điểm nhưng không có mã.", "The row has points but no code."),
        "R101.do": (
            "Ghi mã như in ở cột code; tổng điểm ghi là total.",
            "Write the code as printed in the column code; the total is called total.",
        ),
        "R102": (
            "Bộ chỉ số không có mã “{name}”; dòng này không được dùng.",
            'The framework has no code "{name}"; the row is not used.',
        ),
        "R102.do": (
            "Ghi mã như in trong văn bản. Trong Excel, để cột code ở dạng văn bản để 1.10 không thành 1.1.",
            "Write the code as the document prints it. In Excel keep the column code as text, so that 1.10 stays 1.10.",
        ),
        "R103": (
            "Điểm của {name} ghi là “{value}”, không phải là số.",
            'The points of {name} are "{value}", which is not a number.',
        ),
        "R103.do": (
            "Ghi một số như 8.125 hoặc 8,125; để trống nếu văn bản để trống. Các dòng khác vẫn được kiểm tra.",
            "Write a number such as 8.125 or 8,125, or leave it empty where the document does. The other rows "
            "are checked.",
        ),
        "R104": ("Điểm của {name} là {points}, nhỏ hơn 0.", "The points of {name} are {points}, below 0."),
        "R104.do": (
            "So lại với văn bản và sửa dấu. Các dòng khác vẫn được kiểm tra.",
            "Compare with the document and mend the sign. The other rows are checked.",
        ),
        "R105": (
            "Mã {name} đã có ở {first}, cùng số điểm; dòng thứ hai không được dùng.",
            "The code {name} is already at {first} with the same points; the second row is not used.",
        ),
        "R105.do": (
            "Xóa dòng thừa. Nếu là mã như 1.10 bị Excel đổi thành 1.1 thì để cột code ở dạng văn bản.",
            "Remove the second row. If a code such as 1.10 became 1.1 in Excel, keep the column code as text.",
        ),
        "R106": (
            "Mã {name} đã có ở {first} với số điểm khác; dòng thứ hai không được dùng.",
            "The code {name} is already at {first} with other points; the second row is not used.",
        ),
        "R106.do": (
            "Giữ dòng đúng với văn bản. Nếu là mã như 1.10 bị Excel đổi thành 1.1 thì để cột code ở dạng văn bản.",
            "Keep the row that agrees with the document. If a code such as 1.10 became 1.1 in Excel, keep the "
            "column code as text.",
        ),
        "R107": (
            "Điểm của {name} là {points} ở cột points nhưng “{printed}” ở cột printed; số ở cột points được dùng.",
            'The points of {name} are {points} in the column points but "{printed}" in the column printed; the '
            "former are used.",
        ),
        "R107.do": (
            "Ghi cùng một số ở hai cột. Nếu số có dấu phẩy thập phân thì ngăn các cột CSV bằng dấu chấm phẩy.",
            "Write the same number in both. If numbers have a decimal comma, separate the columns of a CSV by "
            "semicolons.",
        ),
        "R108": ("Dòng của {name} có nhiều ô hơn tiêu đề.", "The row of {name} has more cells than the heading."),
        "R108.do": (
            "Nếu số có dấu phẩy thập phân thì ngăn các cột CSV bằng dấu chấm phẩy, hoặc đặt số trong dấu ngoặc kép.",
            "If numbers have a decimal comma, separate the columns of a CSV by semicolons, or put the numbers in "
            "quotes.",
        ),
        "R109": (
            "Điểm {points} có {places} chữ số thập phân, bảng chỉ in {decimals}.",
            "The points {points} have {places} decimal places; the table prints {decimals}.",
        ),
        "R109.do": (
            "Kiểm tra số này có đúng như in không; nó được coi là chính xác đến chữ số đã ghi.",
            "Check that the number is as printed; it is taken to be exact to the places written.",
        ),
        "R110": (
            "Có {points} điểm ở {place}, nhưng bộ chỉ số không cho điểm ở đây; số này không được cộng vào tổng.",
            "There are {points} points at {place}, where the framework gives none; they are not added to any sum.",
        ),
        "R110.do": (
            "Kiểm tra mã của dòng; nếu chỉ tiêu nay được chấm điểm thì ghi điểm tối đa và quy tắc vào bộ chỉ số.",
            "Check the code of the row; if the row is scored by now, give it a maximum and a rule in the framework.",
        ),
        "R111": (
            "Bảng điểm ghi là của bộ chỉ số “{name}”, không phải “{place}”.",
            'The table says that it belongs to the framework "{name}", not to "{place}".',
        ),
        "R111.do": ("Chọn đúng bộ chỉ số hoặc đúng tệp điểm.", "Choose the framework or the table that fits."),
        # Blanks
        "R112": (
            "Ô decided của {name} ghi “{value}”, không rõ có hay không.",
            'The cell decided of {name} says "{value}", neither yes nor no.',
        ),
        "R112.do": (
            "Ghi có hoặc không; điểm được đối chiếu như không do người thẩm định quyết định.",
            "Write yes or no; the points were checked as if no verifier had decided them.",
        ),
        "R113": (
            "{place}: {points} điểm được đánh dấu là do người thẩm định quyết định, nhưng quy tắc không có các dòng.",
            "{place}: {points} points are marked as decided by a verifier, but the rule has no lines to choose from.",
        ),
        "R113.do": (
            "Bỏ đánh dấu ở cột decided; điểm được đối chiếu theo quy tắc.",
            "Remove the mark in the column decided; the points were checked against the rule.",
        ),
        "R201": ("{place} để trống điểm; trống không phải là 0.", "{place} has no points; a blank is not zero."),
        "R201.do": (
            "Hỏi cơ quan công bố; nếu các số khác chỉ để lại một giá trị, giá trị đó được nêu riêng.",
            "Ask whoever published it; where the other figures leave only one value, it is reported apart.",
        ),
        "R202": ("Trong {place} không có dòng cho {codes}.", "Within {place} there is no row for {codes}."),
        "R202.do": (
            "Thêm các dòng này như in; ô văn bản để trống thì cũng để trống.",
            "Add the rows as printed; leave empty what the document leaves empty.",
        ),
        "R203": ("Bảng không có các dòng bên dưới {place}.", "The table has no rows below {place}."),
        "R203.do": (
            "Nếu văn bản in các dòng này, thêm vào để kiểm tra được tổng của {place}.",
            "If the document prints them, add them, so that the sum of {place} can be checked.",
        ),
        "R204": (
            "{codes} không có điểm; bộ chỉ số không cho điểm ở đây nên không tính vào tổng.",
            "{codes} have no points; the framework gives none there, so no sum misses them.",
        ),
        "R204.do": ("Không cần làm gì.", "Nothing needs to be done."),
        "R205": (
            "{place} ghi là không áp dụng; tính là không cộng điểm.",
            "{place} is marked as not applicable and adds nothing.",
        ),
        "R205.do": (
            "Kiểm tra quy định của văn bản cho trường hợp không áp dụng.",
            "Check what the document says of rows that do not apply.",
        ),
        "R206": (
            "Bảng không in tổng điểm; các chỉ số chính cộng lại được {sum} điểm.",
            "The table prints no total; the dimensions add up to {sum} points.",
        ),
        "R206.do": (
            "Nếu tổng điểm được công bố ở nơi khác, thêm một dòng mã total.",
            "If the total is published elsewhere, add a row with the code total.",
        ),
        # Single values
        "R301": (
            "{place} in {printed} điểm, quá điểm tối đa {maximum}.",
            "{place} prints {printed} points, above the maximum of {maximum}.",
        ),
        "R301.do": (
            "So lại với văn bản gốc; theo quy tắc chỉ có thể là: {possible}.",
            "Compare with the original; by the rule the points can only be: {possible}.",
        ),
        "R302": (
            "{place} in {printed} điểm; quy tắc không cho ra số này, kể cả khi làm tròn.",
            "{place} prints {printed} points, which the rule cannot give, even rounded.",
        ),
        "R302.do": (
            "So lại với văn bản gốc, hoặc xem lại cách hiểu quy tắc; theo quy tắc chỉ có thể là: {possible}. Nếu người "
            "thẩm định quyết định điểm vì không dòng in nào đúng với trường hợp này (A14), đánh dấu ở cột decided.",
            "Compare with the original, or look at the reading of the rule again; by the rule they can only be: "
            "{possible}. If a verifier decided them since no printed line covers the situation (A14), mark the row "
            "in the column decided.",
        ),
        "R303": (
            "{place} in {printed} điểm: cách hiểu {reading} đang dùng cho ra được, cách hiểu “{option}” thì không.",
            "{place} prints {printed} points: the reading of {reading} in use can give them, the reading "
            '"{option}" cannot.',
        ),
        "R303.do": (
            "Giữ cách hiểu đang dùng; số đã công bố ủng hộ cách này.",
            "Keep the reading in use; the published points support it.",
        ),
        # Sums
        "R401": (
            "{place} in {printed} điểm nhưng các phần cộng lại được {sum} (chênh {difference}); làm tròn chỉ "
            "giải thích được đến {rounding}.",
            "{place} prints {printed} points but its parts add up to {sum} ({difference} off); rounding explains "
            "at most {rounding}.",
        ),
        "R401.do": (
            "So lại tổng và từng phần với văn bản gốc: {equation}.",
            "Compare the sum and every part with the original: {equation}.",
        ),
        "R402": (
            "{place} in {printed} điểm, các phần cộng lại được {sum} (chênh {difference}); làm tròn giải thích "
            "được đến {rounding}.",
            "{place} prints {printed} points, its parts add up to {sum} ({difference} off); rounding explains up "
            "to {rounding}.",
        ),
        "R402.do": (
            "Không cần sửa: tổng được tính từ số chưa làm tròn.",
            "Nothing needs mending: the sum was made from figures before rounding.",
        ),
        # What the figures force
        "R501": (
            "{place} phải là {value}, vì {equation}.",
            "{place} must be {value}, since {equation}.",
        ),
        "R501.do": (
            "Sửa {place} thành {value} sau khi đối chiếu với văn bản gốc; bảng công bố được giữ nguyên.",
            "Correct {place} to {value} once the original confirms it; the published table is left as it is.",
        ),
        "R502": (
            "{place} chưa xác định được: còn có thể là {possible}, vì {equation}.",
            "{place} is not settled: it can still be {possible}, since {equation}.",
        ),
        "R502.do": (
            "Tìm số gốc của {place}; các số khác không đủ để suy ra.",
            "Find the original figure of {place}; the others do not decide it.",
        ),
        "R503": (
            "Không giá trị nào còn có thể có của {codes} làm cho tổng của {place} đúng: {equation}.",
            "Nothing that {codes} can still be makes the sum of {place} hold: {equation}.",
        ),
        "R503.do": (
            "Kiểm tra cả tổng và các phần khác của {place}: ít nhất một số nữa bị sai, hoặc tổng được cộng từ số "
            "in sai.",
            "Check the sum and the other parts of {place} too: another figure is wrong, or the sum was made with "
            "the wrong one.",
        ),
        "R504": (
            "Tổng của {place} sai mà không số nào buộc phải sửa. Nếu chỉ một số sai thì đó là một trong: {candidates}.",
            "The sum of {place} is wrong and nothing forces one correction. If only one figure is wrong, it is "
            "one of: {candidates}.",
        ),
        "R504.do": (
            "Đối chiếu các số này với văn bản gốc.",
            "Compare these figures with the original.",
        ),
        "R505": (
            "Nếu chỉ một số sai thì {place} phải là {value}, không phải {printed}: chỉ như vậy các tổng mới đúng "
            "({equation}).",
            "If only one figure is wrong, {place} must be {value}, not {printed}: only then do the sums hold "
            "({equation}).",
        ),
        "R505.do": (
            "Sửa {place} thành {value} sau khi đối chiếu với văn bản gốc; bảng công bố được giữ nguyên.",
            "Correct {place} to {value} once the original confirms it; the published table is left as it is.",
        ),
        # Tables that cannot be used at all
        "R901": (
            "Không có bảng điểm công bố đi kèm bộ chỉ số {place}.",
            "No published table ships with the framework {place}.",
        ),
        "R901.do": (
            "Ghi bảng điểm vào một tệp CSV có cột code và points rồi dùng --points TỆP.",
            "Put the points in a CSV file with the columns code and points, and use --points FILE.",
        ),
        "R902": ("Không có tệp {place}.", "There is no file {place}."),
        "R902.do": ("Kiểm tra đường dẫn.", "Check the path."),
        "R903": ("Không mở được tệp {place}: {problem}.", "The file {place} cannot be opened: {problem}."),
        "R903.do": ("Kiểm tra đường dẫn và quyền đọc.", "Check the path and the permission to read it."),
        "R904": ("Tệp {place} không ở bảng mã UTF-8.", "The file {place} is not in UTF-8."),
        "R904.do": (
            "Lưu lại tệp với bảng mã UTF-8, ví dụ “CSV UTF-8” trong Excel.",
            'Save it again in UTF-8, for example as "CSV UTF-8" in Excel.',
        ),
        "R905": ("Không đọc được loại tệp của {place}.", "Files such as {place} cannot be read."),
        "R905.do": ("Dùng một trong các loại: {expected}.", "Use one of: {expected}."),
        "R906": (
            "Không có bảng điểm trong {place}: thiếu cột code hoặc cột points.",
            "There is no table of points in {place}: the column code or points is not there.",
        ),
        "R906.do": (
            "Đặt tiêu đề code và points (thêm printed nếu cần) ở dòng đầu; tệp JSON là danh sách có code và "
            "points, hoặc mã: điểm.",
            "Put the headings code and points (and printed if needed) in the first row; a JSON file lists code "
            "and points, or code: points.",
        ),
        "R907": ("Bảng trong {place} không có dòng nào.", "The table in {place} has no rows."),
        "R907.do": ("Thêm các dòng mã và điểm như in.", "Add rows with codes and points as printed."),
        "R908": (
            "Tệp {place} có {size} byte, quá giới hạn {limit} byte.",
            "The file {place} has {size} bytes, above the limit of {limit}.",
        ),
        "R908.do": ("Chỉ giữ lại bảng điểm trong tệp.", "Keep only the table of points in the file."),
        "R909": (
            "Nội dung tệp {place} không đúng với phần mở rộng, hoặc tệp bị hỏng hay có mật khẩu.",
            "The content of {place} is not what its name says, or the file is damaged or has a password.",
        ),
        "R909.do": (
            "Mở bằng Excel, bỏ mật khẩu rồi lưu lại dạng .xlsx hoặc .csv.",
            "Open it in Excel, remove the password and save it as .xlsx or .csv.",
        ),
        "R910": (
            "Không đọc được nội dung tệp {place}: {problem}.",
            "The content of {place} cannot be read: {problem}.",
        ),
        "R910.do": ("Mở tệp, kiểm tra rồi lưu lại.", "Open the file, check it and save it again."),
        "R911": (
            "Trang tính của {place} có ô {cell}, ngoài giới hạn {rows} dòng và {columns} cột.",
            "The sheet of {place} has a cell {cell}, beyond {rows} rows and {columns} columns.",
        ),
        "R911.do": ("Chép riêng bảng điểm sang một tệp mới.", "Copy the table of points alone to a new file."),
        "R912": (
            "{place} là bộ tiêu chí mức độ, không có điểm để đối chiếu.",
            "{place} is a maturity framework: it has no points to reconcile.",
        ),
        "R912.do": (
            "Chọn một bộ chỉ số có điểm; chiso framework list cho biết các bộ hiện có.",
            "Choose a framework with points; chiso framework list shows them.",
        ),
    }
)

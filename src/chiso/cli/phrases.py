"""Wording of the command line, in both languages; the code is the key."""

from __future__ import annotations

from typing import Any

from chiso.phrases import Phrases

PHRASES = Phrases(
    {
        "near": ("Có phải bạn muốn ghi: {names}?", "Did you mean: {names}?"),
        "stopped": ("Đã dừng theo yêu cầu.", "Stopped, as asked."),
        # Help
        "help.chiso": (
            "Tính điểm các bộ chỉ số từ chính văn bản ban hành: chính xác, có giải thích, ai cũng tính lại được.",
            "Scores official indices from the decision itself: exact, explained, recomputable by anybody.",
        ),
        "help.framework": ("Xem, kiểm tra và so sánh các bộ chỉ số.", "Show, check and compare frameworks."),
        "help.framework list": ("Liệt kê các bộ chỉ số có sẵn.", "List the bundled frameworks."),
        "help.framework show": ("Xem một bộ chỉ số, cách tính bằng lời.", "Show a framework, with its rules in words."),
        "help.framework lint": (
            "Đọc bộ chỉ số như một người hay nghi ngờ: thiếu điểm, sai tổng, công thức ngược…",
            "Read a framework as a sceptic: blank maxima, wrong sums, formulas upside down...",
        ),
        "help.framework diff": ("So sánh hai bộ chỉ số.", "Show what differs between two frameworks."),
        "help.template": ("Tạo mẫu Excel để đơn vị điền số liệu.", "Make an Excel form for offices to fill in."),
        "help.score": ("Tính điểm, tổng và xếp hạng từ số liệu.", "Score facts: points, totals, levels and ranks."),
        "help.explain": ("Giải thích điểm của một tiêu chí.", "Explain the points of one criterion of one unit."),
        "help.reconcile": (
            "Đối chiếu bảng điểm đã công bố với cách tính.",
            "Check a published table of points against sums and rules.",
        ),
        "help.decree": (
            "Đọc văn bản ban hành thành bản thảo bộ chỉ số.",
            "Read a decision document into a draft framework.",
        ),
        "help.decree rule": (
            "Xem một cách tính điểm in trong văn bản được hiểu thế nào.",
            "Show how one printed scoring rule is read.",
        ),
        "help.decree read": (
            "Đọc văn bản (DOCX, PDF, HTML, XLSX, văn bản thuần) thành bản nháp và biên bản.",
            "Read a document (DOCX, PDF, HTML, XLSX, plain text) into drafts with reports.",
        ),
        "help.decree compare": (
            "So bản nháp với một bộ chỉ số, từng trường.",
            "Compare a draft with a framework, field by field.",
        ),
        "help.decree review": (
            "Duyệt từng chỗ còn nghi ngờ của bản nháp.",
            "Walk the doubtful fields of a draft.",
        ),
        "help.decree.document": ("tệp văn bản", "the document"),
        "help.decree.output": ("thư mục ghi kết quả", "folder for the results"),
        "help.decree.set": ("chỉ lấy bộ thứ N của văn bản", "take only the N-th set of the document"),
        "help.decree.force": ("ghi đè bản nháp đã có", "overwrite drafts that exist"),
        "help.decree.draft": ("bản nháp (SET.yaml)", "the draft (SET.yaml)"),
        "help.decree.framework": ("bộ chỉ số để so: id hoặc tệp", "the framework: an id or a file"),
        "decree.reading": ("Đang đọc văn bản", "Reading the document"),
        "decree.exists": (
            "Đã có {names}; có thể đã được sửa tay nên không ghi đè. Chọn thư mục khác bằng -o, hoặc dùng --force.",
            "{names} exist and may hold corrections, so they are not overwritten. Choose another folder with -o, "
            "or use --force.",
        ),
        "decree.headings": (
            "Bản nháp|Tiêu chí|Điểm tối đa|Nên xem|Phải quyết định|Bộ kiểm tra nêu",
            "Draft|Criteria|Maximum|Have a look|To be decided|Findings",
        ),
        "decree.compare.headings": (
            "Trường|Đúng|Sai|Thiếu|Thừa|Độ chính xác|Độ phủ",
            "Field|Right|Wrong|Missing|Extra|Precision|Recall",
        ),
        "decree.compare.wrong": ("khác", "differs"),
        "decree.compare.missing": ("bản nháp không có", "missing in the draft"),
        "decree.compare.extra": ("chỉ bản nháp có", "only in the draft"),
        "decree.review.files": (
            "Không đọc được {draft} và {report}. Duyệt cần cả hai tệp mà chiso decree read đã ghi.",
            "{draft} and {report} cannot be read. A review needs both files that chiso decree read writes.",
        ),
        "decree.review.start": ("{count} chỗ cần xem.", "{count} fields to look at."),
        "decree.review.left": ("Còn {count} chỗ chưa quyết định.", "{count} fields are left open."),
        "decree.review.printed": ("Văn bản in", "As printed"),
        "decree.review.draft": ("Bản nháp", "Draft"),
        "decree.review.ask": (
            "k giữ nguyên, số chọn cách hiểu khác, Enter để sau, q dừng: ",
            "k keep, a number takes another reading, Enter later, q stop: ",
        ),
        "help.decree.title": ("tên tiêu chí", "title of the criterion"),
        "help.decree.max": ("điểm tối đa của tiêu chí", "maximum of the criterion"),
        "help.decree.text": (
            "lời văn cách tính; - để đọc từ đầu vào chuẩn",
            "the wording; - reads it from standard input",
        ),
        "decree.max": (
            "Điểm tối đa {value} không phải là số lớn hơn 0. Ghi ví dụ --max 10.",
            "The maximum {value} is not a number above 0. Write for example --max 10.",
        ),
        "decree.confidence": ("Độ tin cậy", "Confidence"),
        "decree.confidence.high": ("cao", "high"),
        "decree.confidence.medium": ("vừa, cần xem lại", "medium, have a look"),
        "decree.confidence.low": ("thấp, chưa dùng được", "low, not to be used"),
        "decree.rule": ("Quy tắc trong tệp bộ chỉ số:", "Rule as a framework file writes it:"),
        "decree.words": ("Bằng lời:", "In words:"),
        "decree.examples": ("Ví dụ, điểm tối đa {most}:", "Examples, maximum {most}:"),
        "decree.points": ("điểm", "points"),
        "decree.left_over": ("Lời văn còn lại:", "Words left over:"),
        "decree.alternative": ("Cách hiểu khác:", "Another reading:"),
        "decree.not_applicable.full": (
            "Không có gì để tính: được điểm tối đa.",
            "Nothing to count: the whole maximum.",
        ),
        "decree.not_applicable.leave_out": (
            "Không có gì để tính: không tính tiêu chí này.",
            "Nothing to count: the criterion is left out.",
        ),
        "help.lang": ("ngôn ngữ: vi hoặc en", "language: vi or en"),
        "help.reading": (
            "chọn cách hiểu khác cho điều khoản chưa rõ, ví dụ A1=literal (dùng được nhiều lần)",
            "choose another reading of an unclear clause, for example A1=literal (can be repeated)",
        ),
        "help.format": ("dạng kết quả in ra", "form of the printed result"),
        "help.output": (
            "ghi kết quả vào tệp .json, .csv hoặc .xlsx",
            "write the result to a .json, .csv or .xlsx file",
        ),
        "help.output.form": ("tệp mẫu sẽ tạo", "the form to write"),
        "help.unit": ("tên các đơn vị trong mẫu", "names of the units in the form"),
        "help.known": (
            "số liệu đã biết (CSV, XLSX, JSON), được điền sẵn kèm nguồn và thời điểm; không có --unit thì mẫu gồm mọi "
            "đơn vị trong đó",
            "figures that are known already (CSV, XLSX, JSON), filled in with source and day; without --unit the form "
            "is for all units in them",
        ),
        "help.one_unit": ("tên đơn vị", "name of the unit"),
        "help.facts": (
            "tệp số liệu: CSV, XLSX, JSON hoặc mẫu đã điền",
            "files of facts: CSV, XLSX, JSON or filled forms",
        ),
        "help.units": (
            "tệp danh sách đơn vị (unit,kind,parent,group,valid_from,valid_to)",
            "file of units (unit,kind,parent,group,valid_from,valid_to)",
        ),
        "help.year": (
            "năm báo cáo: đơn vị không còn hoặc chưa có vào ngày 31/12 năm đó được tính nhưng không xếp hạng",
            "reporting year: a unit that does not exist on its 31 December is scored but not ranked",
        ),
        "help.children": (
            "mức độ của đơn vị cấp dưới: kết quả dạng JSON của chiso score, hoặc bảng unit,level được công nhận",
            "levels of the child units: a JSON result of chiso score, or the table unit,level of a recognition",
        ),
        "help.points": (
            "tệp điểm đã công bố (code,points); không ghi: bảng có sẵn",
            "file of published points (code,points); left out: the bundled table",
        ),
        # Usage
        "usage.required": ("thiếu {names}. Xem cách dùng ở trên.", "missing: {names}. See the usage above."),
        "usage.unknown": (
            "không hiểu {names}. Tên có dấu cách phải đặt trong dấu ngoặc kép.",
            "{names} is not understood. Put a name with blanks in quotes.",
        ),
        "usage.choice": (
            "{name}: {value} không phải là một lựa chọn. Chọn một trong: {known}.",
            "{name}: {value} is not a choice. Choose one of: {known}.",
        ),
        "usage.value": (
            "{name}: {value} không phải là một năm. Ghi bốn chữ số, ví dụ 2024.",
            "{name}: {value} is not a year. Write four digits, for example 2024.",
        ),
        "usage.empty": ("{name}: thiếu giá trị sau tùy chọn này.", "{name}: the value after this option is missing."),
        "usage.unclear": (
            "{name} có thể là {known}. Ghi đầy đủ tên tùy chọn.",
            "{name} may be {known}. Write the whole option.",
        ),
        # Lists
        "list.headings": ("Mã|Phiên bản|Tiêu chí|Điểm tối đa|Tên", "Id|Version|Criteria|Maximum|Title"),
        "list.levels": ("{count} mức độ", "{count} levels"),
        "lint.headings": ("Mã|Mức|Chỗ|Phát hiện|Đề nghị", "Code|Severity|Place|Finding|Suggestion"),
        "lint.quiet": ("Không phát hiện điều gì đáng ngờ.", "Nothing suspicious was found."),
        "severity.error": ("lỗi", "error"),
        "severity.warning": ("cảnh báo", "warning"),
        "severity.note": ("lưu ý", "note"),
        "diff.none": ("Hai bộ chỉ số không khác nhau.", "The two frameworks do not differ."),
        "show.rows": (
            "{rows} dòng in trong văn bản, {leaves} tiêu chí được chấm; tối đa: {most}",
            "{rows} printed rows, {leaves} criteria; maximum: {most}",
        ),
        "show.lead": ("Chủ trì", "Lead"),
        "show.due": ("Thời hạn", "Due"),
        "show.readings": ("Cách hiểu các điều khoản chưa rõ (* đang dùng):", "Readings of unclear clauses (* in use):"),
        # Scores
        "score.headings": ("Hạng|Đơn vị|Tổng điểm|Tối đa|Tỷ lệ|Tình trạng", "Rank|Unit|Total|Maximum|Share|State"),
        "score.group": ("Nhóm", "Group"),
        "score.level_headings": (
            "Đơn vị|Mức|Tên mức|Tình trạng|Còn thiếu để đạt mức tiếp theo",
            "Unit|Level|Name|State|Lacking for the next level",
        ),
        "score.registered": ("Đăng ký", "Registered"),
        "score.registered_met": ("{level}, đạt", "{level}, met"),
        "score.registered_missed": ("{level}, chưa đạt", "{level}, not met"),
        "score.forecast": ("dự báo, {state}", "forecast, {state}"),
        "score.no_level": ("chưa đạt mức nào", "no level yet"),
        "score.provisional": ("tạm tính, thiếu {count}", "provisional, {count} open"),
        "score.not_ranked": ("không xếp hạng ({state})", "not ranked ({state})"),
        "score.complete": ("đủ số liệu", "complete"),
        "score.written": ("Đã ghi kết quả vào {name}.", "The result was written to {name}."),
        "template.nothing_known": (
            "Không có số liệu nào của đơn vị “{name}” trong tệp số liệu; các ô của đơn vị để trống.{near}",
            'The facts hold no figure of the unit "{name}"; its cells stay empty.{near}',
        ),
        "template.near": (" Có phải là: {names}?", " Did you mean: {names}?"),
        "template.outside": (
            "Giá trị tham chiếu ({names}) dùng chung cho mọi đơn vị nên không ghi vào mẫu; giữ tệp số liệu này để tính "
            "điểm.",
            "Values from outside ({names}) hold for all units and have no place in a form; keep the file for scoring.",
        ),
        "template.done": ("Đã tạo mẫu {name}.", "The form {name} was made."),
        "facts.too_many": (
            "Có hơn {limit} đơn vị: chỉ {limit} đơn vị đầu được tính, xếp hạng sẽ thiếu các đơn vị còn lại. Có thể "
            "dừng (Ctrl+C) và chia tệp theo năm hay theo nhóm xếp hạng.",
            "There are more than {limit} units: only the first {limit} are scored, and the ranking lacks the others. "
            "You may stop (Ctrl+C) and split the file by year or ranking group.",
        ),
        "faults.more": (
            "… và {count} lỗi {code} nữa. Sửa các lỗi trên rồi chạy lại; --format json liệt kê đầy đủ hơn.",
            "… and {count} more of {code}. Mend those above and run again; --format json lists more of them.",
        ),
        "progress.units": ("Đang tính điểm", "Scoring"),
        "progress.facts": ("Đang đọc {name}", "Reading {name}"),
        # Explanations
        "explain.clause": ("Căn cứ", "Clause"),
        "explain.printed": ("Cách tính in trong văn bản:", "Rule as printed:"),
        "explain.rule": ("Cách tính:", "Rule:"),
        "explain.inputs": ("Số liệu:", "Inputs:"),
        "explain.steps": ("Các bước:", "Steps:"),
        "explain.source": ("nguồn", "source"),
        "explain.granted": ("Căn cứ miễn trừ", "Exemption granted by"),
        "explain.result": ("Điểm", "Points"),
        "explain.levels": ("Đạt chỉ tiêu của các mức", "Meets the targets of levels"),
        "explain.registered_met": (
            "Mức độ đăng ký: {registered}; mức đạt được: {reached}. Đạt mức đăng ký.",
            "Registered level: {registered}; reached: {reached}. The registered level is met.",
        ),
        "explain.registered_missed": (
            "Mức độ đăng ký: {registered}; mức đạt được: {reached}. Chưa đạt mức đăng ký.",
            "Registered level: {registered}; reached: {reached}. The registered level is not met.",
        ),
        "explain.none": ("không mức nào", "none"),
        "explain.code": (
            "Không có tiêu chí “{name}” trong bộ chỉ số. Xem các mã bằng: chiso framework show {id}.",
            'There is no criterion "{name}" in the framework. See the codes with: chiso framework show {id}.',
        ),
        "explain.unit": (
            "Không có đơn vị “{name}” trong số liệu. Ghi tên như trong cột unit.",
            'There is no unit "{name}" in the facts. Write the name as in the column unit.',
        ),
        "state.given": ("có số liệu", "given"),
        "state.scored": ("đã chấm", "scored"),
        "state.waiting": ("chờ số liệu của đơn vị khác", "waiting for other units"),
        "state.missing": ("chưa có số liệu", "missing"),
        "state.not_applicable": ("không phát sinh", "not applicable"),
        "state.undecided": ("chờ người thẩm định quyết định", "the verifier decides"),
        "state.error": ("số liệu lỗi", "error"),
        "state.unscored": ("chưa chấm điểm", "unscored"),
        "reconcile.quiet": ("Các tổng đều khớp, không phát hiện sai lệch.", "All sums hold; nothing was found."),
        # Units
        "C101": (
            "Không rõ loại đơn vị “{kind}”; đơn vị vẫn được tính. Ghi cột kind, loại được đánh giá: {known}.",
            'The kind of unit "{kind}" is unknown; the unit was scored. Write the column kind; assessed are: {known}.',
        ),
        "C102": (
            "Bộ chỉ số này chỉ đánh giá {kinds}; dòng không được tính. Bỏ dòng, hoặc sửa cột kind của đơn vị.",
            "The framework only assesses {kinds}; the row was not scored. Remove it, or mend the unit's kind.",
        ),
        "C103": (
            "Chưa ghi loại đơn vị; đơn vị vẫn được tính. Ghi cột kind, loại được đánh giá: {known}.",
            "The kind of unit is left open; the unit was scored. Write the column kind; assessed are: {known}.",
        ),
        # Unusable
        "reading.form": (
            "Cách hiểu “{value}” phải ghi theo dạng A1=literal.",
            'The reading "{value}" must be written as A1=literal.',
        ),
        "reading.recorded": (
            "Cách hiểu {id}={option} được ghi lại nhưng không làm thay đổi cách tính điểm.",
            "The reading {id}={option} is recorded but does not change how points are computed.",
        ),
        "output.xlsx": ("Tên tệp mẫu “{name}” phải có đuôi .xlsx.", 'The form "{name}" must be a .xlsx file.'),
        "output.form": (
            "Không biết ghi tệp “{name}”. Dùng đuôi .json, .csv hoặc .xlsx.",
            'The file "{name}" cannot be written. Use .json, .csv or .xlsx.',
        ),
        "output.is_read": (
            "Tệp “{name}” đang được dùng làm dữ liệu đầu vào, ghi vào đó sẽ mất dữ liệu. Chọn tên tệp khác.",
            'The file "{name}" is read from; writing to it would lose what it holds. Choose another name.',
        ),
        "file.open": ("Không mở được tệp {name}: {problem}.", "The file {name} cannot be opened: {problem}."),
        "file.write": (
            "Không ghi được tệp {name}: {problem}. Kiểm tra thư mục và quyền ghi.",
            "The file {name} cannot be written: {problem}. Check the folder and the permission to write.",
        ),
        "output.failed": (
            "Không đọc hoặc ghi được: {problem}. Kiểm tra ổ đĩa còn chỗ trống và quyền ghi.",
            "Reading or writing failed: {problem}. Check that the disk has room and may be written to.",
        ),
        "output.memory": (
            "Máy không đủ bộ nhớ cho số liệu này. Chia nhỏ tệp số liệu rồi chạy lại.",
            "The machine has too little memory for these figures. Split the file and run again.",
        ),
        "file.endless": (
            "{name} cho hơn {limit} MB số liệu. Ghi số liệu vào tệp rồi dùng tệp đó.",
            "{name} gives more than {limit} MB. Write the figures to a file and use that.",
        ),
    }
)


def phrase(code: str, lang: str, /, **data: Any) -> str:
    """Return the sentence for a code, filled with its data."""
    return PHRASES.text(code, lang, **data)

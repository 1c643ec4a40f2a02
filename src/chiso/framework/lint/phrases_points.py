"""Wording of findings about points: maxima, numbers, last year, formulas and printed lines; see ``phrases``."""

from __future__ import annotations

MAXIMA = {
    "L101": (
        "{place}: văn bản không in điểm tối đa và không tổng nào buộc phải có ({rows} dòng: {codes}).",
        "{place}: no maximum is printed and no sum forces one ({rows} rows: {codes}).",
    ),
    "L101.do": (
        "Để không chấm điểm cho tới khi cơ quan ban hành cho điểm tối đa; hỏi cơ quan ban hành.",
        "Leave it unscored until the issuer gives a maximum; ask the issuer.",
    ),
    "L102": (
        "{place}: điểm tối đa để trống trong văn bản; {inferred} điểm là suy ra: {equation}.",
        "{place}: the maximum is blank in the document; {inferred} points are inferred: {equation}.",
    ),
    "L102.do": (
        "Đề nghị cơ quan ban hành xác nhận {inferred} điểm.",
        "Ask the issuer to confirm {inferred} points.",
    ),
    "L103": (
        "{place}: in {printed} điểm nhưng các dòng bên dưới cộng lại {children} điểm, lệch {difference}.",
        "{place}: {printed} points are printed but the rows below add up to {children}, a difference of {difference}.",
    ),
    "L103.do": (
        "Đối chiếu điểm tối đa từng dòng với văn bản; nếu đúng như in thì hỏi cơ quan ban hành dòng nào sai.",
        "Check each maximum against the document; if it is as printed, ask the issuer which row is wrong.",
    ),
    "L104": (
        "Tổng của bộ chỉ số là {printed} điểm nhưng các chỉ số chính cộng lại {children} điểm, lệch {difference}.",
        "The framework has {printed} points but its dimensions add up to {children}, a difference of {difference}.",
    ),
    "L104.do": (
        "Đối chiếu tổng và điểm từng chỉ số chính với văn bản.",
        "Check the total and the maximum of each dimension against the document.",
    ),
    "L105": (
        "Nhóm {place}: in {printed} điểm nhưng các chỉ số chính của nhóm cộng lại {children} điểm, lệch {difference}.",
        "Group {place}: {printed} points are printed but its dimensions add up to {children}, "
        "a difference of {difference}.",
    ),
    "L105.do": (
        "Đối chiếu danh sách chỉ số chính và điểm của nhóm với văn bản.",
        "Check which dimensions belong to the group, and its points, against the document.",
    ),
    "L106": (
        "{place}: văn bản nói {printed} nhưng bảng có {rows} dòng (thuộc {within}).",
        "{place}: the text says {printed} but the table has {rows} rows (within {within}).",
    ),
    "L106.do": (
        "Theo bảng; ghi lại chỗ sai và báo cơ quan ban hành. Nếu thiếu dòng thì bổ sung dòng.",
        "Follow the table, note the error and tell the issuer. If a row was missed, add it.",
    ),
    "L107": (
        "{place}: văn bản nói {printed} điểm nhưng bảng cộng lại {rows} điểm (thuộc {within}), lệch {difference}.",
        "{place}: the text says {printed} points but the table adds up to {rows} (within {within}), "
        "a difference of {difference}.",
    ),
    "L107.do": (
        "Theo bảng; ghi lại chỗ sai và báo cơ quan ban hành.",
        "Follow the table, note the error and tell the issuer.",
    ),
}

NUMBERING = {
    "L201": (
        "{place}: số thứ tự nhảy từ {before} sang {after}, không có {missing}.",
        "{place}: the numbers go from {before} to {after}; there is no {missing}.",
    ),
    "L201.do": (
        "Kiểm tra xem có sót dòng {missing} không; nếu văn bản in như vậy thì giữ số và ghi chú.",
        "Check whether row {missing} was missed; if it is printed so, keep the numbers and note it.",
    ),
    "L202": (
        "{place}: số thứ tự {after} đứng sau {before}, không đúng thứ tự hoặc không đúng mục.",
        "{place}: the number {after} follows {before}: out of order, or under the wrong heading.",
    ),
    "L202.do": (
        "Đối chiếu thứ tự và mục của dòng với văn bản.",
        "Check the order of the row and its heading against the document.",
    ),
    "L203": (
        "Thông tin chung: số thứ tự nhảy từ {before} sang {after}, thiếu hoặc lặp {missing}.",
        "General information: the numbers go from {before} to {after}; {missing} is missing or repeated.",
    ),
    "L203.do": (
        "Kiểm tra xem có sót dòng thông tin chung nào không.",
        "Check whether a row of general information was missed.",
    ),
}

PREVIOUS = {
    "L301": (
        "{place}: điểm năm trước in {printed}, quá điểm tối đa {maximum}.",
        "{place}: last year's points are printed as {printed}, above the maximum of {maximum}.",
    ),
    "L301.do": (
        "Tìm giá trị mà các tổng buộc phải có, ghi vào corrections cùng phương trình; hỏi cơ quan công bố.",
        "Find the value that the sums force, write it with its equation under corrections; ask the publisher.",
    ),
    "L302": (
        "{place}: điểm năm trước in {printed} nhưng các dòng bên dưới cộng lại {children}, lệch {difference}; "
        "làm tròn không giải thích được.",
        "{place}: last year's points are printed as {printed} but the rows below add up to {children}, "
        "a difference of {difference} that rounding does not explain.",
    ),
    "L302.do": (
        "Đối chiếu từng điểm với bản công bố gốc; chưa rõ thì không dùng tổng này để so sánh.",
        "Check each figure against the original publication; until then do not compare with this total.",
    ),
    "L303": (
        "{place}: điểm năm trước in {printed}, các dòng bên dưới cộng lại {children}; chênh {difference} do làm tròn.",
        "{place}: last year's points are printed as {printed}, the rows below add up to {children}; "
        "rounding explains the difference of {difference}.",
    ),
    "L303.do": (
        "Không cần sửa; khi so sánh dùng tổng của các dòng hoặc tổng in, và nói rõ dùng số nào.",
        "Nothing to mend; when comparing, say whether the printed total or the sum of the rows is used.",
    ),
    "L304": (
        "{place}: điểm năm trước để trống trong khi {filled} dòng cùng mục đều có; "
        "tổng in còn lại {left} điểm cho chỗ trống.",
        "{place}: last year's points are blank while {filled} rows beside it have them; "
        "the printed total leaves {left} for the blank.",
    ),
    "L304.do": (
        "Trống không phải là 0: tìm số này ở bản công bố gốc hoặc để “chưa có số liệu”.",
        "Blank is not zero: look it up in the original publication, or leave it as no data.",
    ),
    "L305": (
        "{place}: điểm năm trước in {printed}/{maximum}, quy tắc không thể cho điểm này (các điểm có thể: {possible}).",
        "{place}: last year's {printed} of {maximum} cannot come from the rule (possible: {possible}).",
    ),
    "L305.do": (
        "Kiểm tra con số và quy tắc; một trong hai bị đọc sai hoặc quy tắc năm trước khác.",
        "Check the figure and the rule: one of them is misread, or last year's rule was another.",
    ),
    "L306": (
        "{place}: điểm năm trước in {printed}/{maximum} không thể có nếu hiểu {reading} theo cách {option}.",
        "{place}: last year's {printed} of {maximum} is impossible under the option {option} of reading {reading}.",
    ),
    "L306.do": (
        "Điểm đã công bố là bằng chứng cho cách hiểu khác của {reading}.",
        "The published points speak for another option of reading {reading}.",
    ),
    "L307": (
        "{place}: thời hạn ghi “{due}” nhưng điểm năm trước mới được {printed}/{maximum}.",
        '{place}: the deadline says "{due}" but last year\'s points are {printed} of {maximum}.',
    ),
    "L307.do": (
        "Hỏi cơ quan chủ trì: nhiệm vụ chưa xong, hay đã xong mà thiếu tài liệu kiểm chứng.",
        "Ask the lead agency whether the task is unfinished, or finished without evidence.",
    ),
    "L308": (
        "{place}: thời hạn là “{due}” nhưng năm trước đã đạt {printed}/{maximum} điểm.",
        '{place}: the deadline is "{due}" although last year already earned {printed} of {maximum}.',
    ),
    "L308.do": (
        "Xác nhận thời hạn: việc đã xong thì ghi là duy trì.",
        "Confirm the deadline: if the work is done, it is a matter of keeping it up.",
    ),
    "L309": (
        "{place}: tần suất được {printed} điểm trong khi {other} (có hay không) được 0 điểm.",
        "{place}: {printed} points are given for how often, while {other}, whether at all, has 0.",
    ),
    "L309.do": (
        "Kiểm tra cả hai dòng: việc không có thì không thể có tần suất.",
        "Check both rows: what does not exist cannot happen often.",
    ),
}

FORMULAS = {
    "L401": (
        "{place}: tỷ lệ in ngược: {printed} chia toàn bộ cho một phần; đúng phải là {rule}.",
        "{place}: the ratio is upside down: {printed} divides the whole by its part; it should be {rule}.",
    ),
    "L401.do": (
        "Tính theo {rule}, giữ công thức như in và ghi chú; đề nghị cơ quan ban hành đính chính.",
        "Compute {rule}, keep the formula as printed with a note, and ask the issuer for a correction.",
    ),
    "L402": (
        "{place}: công thức in {printed}, quy tắc tính {rule}.",
        "{place}: the printed formula is {printed}, the rule computes {rule}.",
    ),
    "L402.do": (
        "Sửa quy tắc theo công thức in, hoặc ghi lý do khác nhau vào notes.",
        "Mend the rule, or write into notes why it differs from what is printed.",
    ),
    "L403": (
        "{place}: quy tắc nhân với “Tỷ lệ” nhưng không in tử số, mẫu số; tên “{title}” cũng không nói.",
        '{place}: the rule multiplies by a ratio whose numerator and denominator are not printed; the title "{title}" '
        "does not say them either.",
    ),
    "L403.do": (
        "Ghi rõ tử số và mẫu số đã hiểu vào inputs và notes; đề nghị cơ quan ban hành xác nhận.",
        "Write the numerator and denominator assumed into inputs and notes; ask the issuer to confirm.",
    ),
    "L404": (
        "{place}: văn bản gọi là phương pháp {printed} nhưng quy tắc là {rule}.",
        "{place}: the document calls it {printed}, the rule is {rule}.",
    ),
    "L405": (
        "{place}: dòng “{line}” in cho {printed} điểm tối đa, quy tắc cho {rule_share}.",
        '{place}: the line "{line}" is printed with {printed} of the maximum, the rule gives {rule_share}.',
    ),
    "L405.do": (
        "Sửa quy tắc theo dòng in, hoặc ghi lý do khác nhau vào notes và readings.",
        "Mend the rule, or write into notes and readings why it differs from what is printed.",
    ),
    "L406": (
        "{place}: tần suất in ngược “{printed}”: thời gian chia số lần; “dưới” mức đó đọc đúng chữ là "
        "thường xuyên hơn.",
        '{place}: the frequency "{printed}" is upside down, time by times; "below" it would, read literally, mean more '
        "often.",
    ),
    "L406.do": (
        "Hiểu là số lần trong kỳ và ghi chú; đề nghị cơ quan ban hành in “lần/kỳ”.",
        "Read it as times in the period with a note; ask the issuer to print times per period.",
    ),
    "L404.do": (
        "Xác nhận cách tính với cơ quan ban hành; hai cách cho điểm khác nhau khi giá trị nhỏ nhất lớn hơn 0.",
        "Confirm the method with the issuer; the two differ whenever the lowest value is above 0.",
    ),
}

LINES = {
    "L501": (
        "{place}: đọc đúng chữ in thì tại {at} điểm nhảy từ {below} lên {above} (lệch {jump}): chỗ đáng lẽ tăng đều.",
        "{place}: as printed, the points jump from {below} to {above} at {at} (by {jump}), where a slope was meant.",
    ),
    "L501.do": (
        "Chia tỷ lệ cho ngưỡng {at} để điểm tăng đều, hoặc chọn cách hiểu đúng chữ in; ghi vào readings.",
        "Divide the ratio by the threshold of {at} so that the points rise evenly, or choose the literal reading; "
        "say so under readings.",
    ),
    "L502": (
        "{place}: không dòng nào nói giá trị {values} được bao nhiêu điểm.",
        "{place}: no printed line says what {values} earns.",
    ),
    "L502.do": (
        "Hỏi cơ quan ban hành khoảng này được bao nhiêu điểm; trong khi chờ, người thẩm định quyết định.",
        "Ask the issuer what these values earn; until then the verifier decides.",
    ),
    "L503": (
        "{place}: hai dòng cùng áp dụng cho giá trị {values}.",
        "{place}: two printed lines both hold for {values}.",
    ),
    "L503.do": (
        "Ghi một ngưỡng là “từ” và ngưỡng kia là “dưới”; dòng in trước được áp dụng.",
        'Let one bound be "from" and the other "below"; the line printed first applies.',
    ),
    "L504": (
        "{place}: dòng “{line}” in {times} lần.",
        '{place}: the line "{line}" is printed {times} times.',
    ),
    "L504.do": (
        "Bỏ dòng thừa, hoặc tìm trường hợp mà dòng lặp lẽ ra phải nêu.",
        "Drop the extra line, or find the case that it was meant to name.",
    ),
    "L505": (
        "{place}: không dòng nào cho 0 điểm; dòng thấp nhất trong {lines} dòng vẫn được {lowest} điểm tối đa.",
        "{place}: no line gives 0 points; the lowest of the {lines} lines still gives {lowest} of the maximum.",
    ),
    "L505.do": (
        "Bổ sung trường hợp không đạt; nếu chưa có thì người thẩm định quyết định.",
        "Add the case of not meeting it; until then the verifier decides.",
    ),
    "L506": (
        "{place}: các dòng in cho nhiều nhất {most} trong {maximum} điểm ({share}); không ai đạt điểm tối đa.",
        "{place}: the printed lines give at most {most} of {maximum} points ({share}); nobody can reach the maximum.",
    ),
    "L506.do": (
        "Tìm dòng bị thiếu hoặc tỷ lệ in sai; cách hiểu được chọn ghi vào readings.",
        "Find the line that is missing or the share that is wrong; write the reading chosen under readings.",
    ),
    "L507": (
        "{place}: dòng “{line}” không bao giờ áp dụng vì dòng “{earlier}” ở trên đã bao trùm.",
        '{place}: the line "{line}" never applies, since "{earlier}" above it covers it.',
    ),
    "L507.do": (
        "Xếp lại thứ tự các dòng: ngưỡng khó đạt hơn đứng trước.",
        "Put the lines in order: the stricter bound first.",
    ),
    "L508": (
        "{place}: dòng “{line}” cho điểm tối đa, nhưng không dòng nào nêu trường hợp: {situation}.",
        '{place}: the line "{line}" gives the maximum, but no line covers this situation: {situation}.',
    ),
    "L508.do": (
        "Đơn vị chọn “không trường hợp nào” kèm giải trình, người thẩm định quyết định; hỏi cơ quan ban hành.",
        'The unit answers "none of these" with an explanation and the verifier decides; ask the issuer.',
    ),
    "L509": (
        "{place}: dòng “{line}” có thể hiểu hai cách; hiểu theo nghĩa hẹp thì không dòng nào nêu: {situation}.",
        '{place}: the line "{line}" can be read in two ways; in the narrow one no line covers: {situation}.',
    ),
    "L509.do": (
        "Hiểu là không đạt đủ các điều kiện; nêu rõ điều này trong hướng dẫn chấm.",
        "Read it as not meeting all conditions, and say so in the scoring guide.",
    ),
    "L510": (
        "{place}: trường hợp {situation} rơi vào hai dòng cho điểm khác nhau: {lines}.",
        "{place}: the situation {situation} falls under two lines with different points: {lines}.",
    ),
    "L510.do": (
        "Nêu rõ dòng nào áp dụng khi cả hai cùng đúng.",
        "Say which line applies when both hold.",
    ),
    "L511": (
        "{place}: tên đòi “{forgotten}” nhưng không dòng nào xét đến; các dòng chỉ xét: {weighed}.",
        '{place}: the title asks for "{forgotten}" but no line weighs it; the lines weigh only: {weighed}.',
    ),
    "L511.do": (
        "Nêu rõ trong hướng dẫn: thiếu điều kiện này thì được bao nhiêu điểm; hỏi cơ quan ban hành.",
        "Say in the guide what lacking it earns; ask the issuer.",
    ),
    "L512": (
        "{place}: dòng cao nhất nêu “{line}”; người có trình độ {higher} rơi vào dòng còn lại.",
        '{place}: the highest line names "{line}"; someone with the degree above ({higher}) falls to the remainder.',
    ),
    "L512.do": (
        "Hiểu là “trở lên” nếu cơ quan ban hành đồng ý; đến lúc đó người thẩm định quyết định.",
        "Read it as this degree or above if the issuer agrees; until then the verifier decides.",
    ),
}

"""Sentences about units: why something cannot be (U1), what is wrong with a row (U2), what an act does (effects)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from chiso.phrases import Phrases

PHRASES = Phrases(
    {
        "U101": (
            "Mã {code} đã thuộc về “{name}” vào ngày {day}. Dùng mã khác, hoặc ghi nhận việc đơn vị kia kết thúc hay "
            "đổi mã trước.",
            "The code {code} belongs to “{name}” on {day}. Use another code, or record first that the other unit ends "
            "or changes its code.",
        ),
        "U102": (
            "Đơn vị cấp trên “{parent}” của “{name}” không tồn tại vào ngày {day}. Chọn đơn vị cấp trên khác, hoặc "
            "ngày khác.",
            "“{parent}”, above “{name}”, does not exist on {day}. Choose another parent, or another day.",
        ),
        "U103": (
            "Các đơn vị trực thuộc lẫn nhau thành vòng: {chain}. Chọn đơn vị cấp trên khác.",
            "These units would stand below one another in a circle: {chain}. Choose another parent.",
        ),
        "U104": (
            "Đơn vị {name} không còn tồn tại từ ngày {day}, nên không thay đổi được nữa. Chọn ngày trước đó, hoặc chọn "
            "đơn vị kế tục.",
            "The unit {name} does not exist any more from {day}, so nothing about it can change. Choose an earlier "
            "day, or its successor.",
        ),
        "U105": (
            "“{name}” đã có trạng thái ghi nhận từ ngày {day}. Lịch sử không bị ghi đè: chọn ngày sau ngày đó.",
            "“{name}” has a state recorded from {day} on. History is not overwritten: choose a later day.",
        ),
        "U106": (
            "“{name}” không có gì thay đổi. Sửa ít nhất một mục.",
            "Nothing about “{name}” would change. Change at least one field.",
        ),
        "U107": (
            "“{name}” trực thuộc “{parent}”, nhưng “{parent}” kết thúc từ ngày {day}. Chuyển “{name}” sang đơn vị khác "
            "vào ngày đó, hoặc kết thúc cùng lúc.",
            "“{name}” stands below “{parent}”, which ends on {day}. Move “{name}” on that day, or end it at the same "
            "time.",
        ),
        "U108": (
            "“{name}” kết thúc từ ngày {day}, nhưng còn {count} đơn vị trực thuộc: {names}… Chọn nơi chuyển các đơn vị "
            "đó đến, hoặc kết thúc các đơn vị đó trước.",
            "“{name}” ends on {day}, but {count} units still stand below it: {names}… Choose where they go, or end "
            "them first.",
        ),
        "U109": (
            "“{name}” không tồn tại vào ngày {day}, nên không thể được kế tục. Kiểm tra mã và ngày.",
            "“{name}” does not exist on {day}, so nothing can succeed it. Check the code and the day.",
        ),
        "U110": (
            "Đơn vị kế tục “{name}” không tồn tại vào ngày {day}. Tạo đơn vị đó trước, hoặc chọn đơn vị khác.",
            "The successor “{name}” does not exist on {day}. Create it first, or choose another one.",
        ),
        "U111": (
            "Việc kế tục của “{name}” đã được ghi nhận, hoặc là kế tục chính nó. Bỏ dòng này.",
            "The succession of “{name}” is recorded already, or is one by itself. Leave it out.",
        ),
        "U112": (
            "“{name}” nằm ngoài phạm vi bạn điều phối. Nhờ người vận hành hệ thống ghi nhận.",
            "“{name}” lies outside what you coordinate. Ask the system operator to record this.",
        ),
        "U113": (
            "Cần ít nhất hai đơn vị khác nhau để sáp nhập. Chọn thêm đơn vị.",
            "A merger needs at least two different units. Choose more.",
        ),
        "U114": (
            "Chia tách phải tạo ra ít nhất hai đơn vị (kể cả đơn vị cũ nếu còn giữ lại). Thêm đơn vị mới.",
            "A split must give at least two units, the old one included where it stays. Add a new one.",
        ),
        "U201": ("Thiếu {column}. Điền vào ô này.", "{column} is missing. Fill it in."),
        "U202": (
            "Không hiểu ngày “{value}” ở cột {column}. Ghi theo mẫu 01/07/2025.",
            "The date “{value}” in column {column} is not understood. Write it as 01/07/2025.",
        ),
        "U203": (
            "Không có loại đơn vị “{value}”. Dùng một trong: {known}.",
            "There is no kind of unit “{value}”. Use one of: {known}.",
        ),
        "U204": (
            "Không có đơn vị nào mang mã {code} vào ngày {day}. Kiểm tra mã, hoặc thêm dòng cho đơn vị đó.",
            "No unit has the code {code} on {day}. Check the code, or add a row for that unit.",
        ),
        "U205": (
            "Ngày cuối {until} đứng trước ngày đầu {since}. Sửa một trong hai ngày.",
            "The last day {until} stands before the first day {since}. Mend one of them.",
        ),
        "U206": (
            "{column} dài quá {limit} ký tự. Viết ngắn lại.",
            "{column} is longer than {limit} characters. Shorten it.",
        ),
        "U207": (
            "Hai dòng cùng mã {code} và cùng ngày {since} (dòng kia: {first}). Bỏ một dòng.",
            "Two rows have the code {code} and the day {since} (the other: {first}). Remove one.",
        ),
        "U208": (
            "Việc kế tục cần văn bản. Điền số, ngày, cơ quan ban hành và trích yếu.",
            "A succession needs a legal act. Fill in its number, date, issuer and title.",
        ),
        "U209": (
            "“{name}” có ngày cuối {known} trong hệ thống, tệp ghi {until}. Lịch sử không bị ghi đè: sửa tệp.",
            "“{name}” ends on {known} here, the file says {until}. History is not overwritten: mend the file.",
        ),
        "created": ("Lập mới {name} ({code}).", "{name} ({code}) is created."),
        "created_under": (
            "Lập mới {name} ({code}), trực thuộc {parent}.",
            "{name} ({code}) is created, below {parent}.",
        ),
        "ended": (
            "{name} ({code}) kết thúc; ngày cuối cùng là {last}. Lịch sử và số liệu vẫn giữ nguyên.",
            "{name} ({code}) ends; its last day is {last}. Its history and figures stay.",
        ),
        "merged": ("{name} ({code}) nhập vào {other}.", "{name} ({code}) is merged into {other}."),
        "split": ("{other} được tách từ {name} ({code}).", "{other} is split off from {name} ({code})."),
        "replaced": ("{name} ({code}) được thay bằng {other}.", "{name} ({code}) is replaced by {other}."),
        "changed_name": ("{name} ({code}) đổi tên thành {value}.", "{name} ({code}) is renamed {value}."),
        "changed_code": (
            "{name} đổi mã từ {code} thành {value}.",
            "The code of {name} changes from {code} to {value}.",
        ),
        "changed_kind": ("{name} ({code}) chuyển thành loại: {value}.", "{name} ({code}) becomes: {value}."),
        "changed_parent": ("{name} ({code}) chuyển về trực thuộc {value}.", "{name} ({code}) moves below {value}."),
        "nobody": ("không đơn vị nào", "no unit"),
    }
)


def sentence(code: str, lang: str, /, **data: Any) -> str:
    """Return the sentence of a code; dates are written as 01/07/2025."""
    told = {key: value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else value for key, value in data.items()}
    return PHRASES.text(code, lang, **told)

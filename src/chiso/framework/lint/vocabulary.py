"""Words by which the linter recognises what a text counts. To teach it a word, add the word here.

All words are lower case. Where several fit at the same place the longest wins.
"""

from __future__ import annotations

#: Words about the time a figure is stated for, which say nothing about what is counted.
TIMES = ("trong năm", "trong kỳ", "hằng năm", "hàng năm")

#: How the longer of two labels goes on when it does not name a part: a place, more things, or what could be counted.
NOT_A_PART = (
    "của",
    "trên",
    "trong",
    "thuộc",
    "tại",
    "ở",
    "và",
    "hoặc",
    ",",
    "(",
    "đủ điều kiện",
    "phải",
    "cần",
    "theo",
    "đăng ký",
    "được giao",
)

#: What may stand before the thing that is counted.
QUANTIFIERS = (
    "tỷ lệ phần trăm của",
    "tỷ lệ phần trăm",
    "tỷ lệ số",
    "tỷ lệ các",
    "tỷ lệ",
    "tổng số lượng",
    "tổng số",
    "tổng",
    "số lượng",
    "số",
    "các",
    "những",
)

#: Things that are counted, by class; two classes cannot be part of each other.
THINGS: dict[str, tuple[str, ...]] = {
    "people": (
        "người",
        "dân số",
        "nông dân",
        "sinh viên",
        "cán bộ",
        "công chức",
        "viên chức",
        "cbcc",
        "cbccvc",
        "lãnh đạo",
    ),
    "households": ("hộ gia đình", "hộ dân"),
    "computers": ("máy tính", "máy trạm"),
    "servers": ("máy chủ",),
    "systems": ("hệ thống thông tin", "httt", "csdl, httt"),
    "platforms": ("nền tảng số",),
    "plans": ("phương án", "kế hoạch"),
    "agencies": ("cơ quan", "đơn vị"),
    "inspections": ("hoạt động kiểm tra", "cuộc kiểm tra"),
    "enterprises": ("doanh nghiệp",),
    "cooperatives": ("hợp tác xã",),
    "services": ("dịch vụ công", "dvctt", "dvc"),
    "dossiers": ("hồ sơ",),
    "documents": ("văn bản",),
    "meetings": ("cuộc họp",),
    "incidents": ("sự cố",),
    "markets": ("chợ",),
    "communes": ("ubnd cấp xã", "xã, phường, thị trấn"),
    "teams": ("tổ công nghệ số cộng đồng",),
}

#: Populations within a country, by name; an age that is said outweighs the word "adult".
POPULATIONS: dict[str, tuple[str, ...]] = {
    "người trưởng thành": ("trưởng thành",),
    "người trong độ tuổi lao động": ("độ tuổi lao động",),
    "người lao động": ("người lao động",),
    "toàn bộ người dân": ("người dân", "dân số"),
}

#: Kinds of staff; a numerator may count only kinds that its denominator counts too.
STAFF = ("cán bộ", "công chức", "viên chức", "hợp đồng")

#: Words that leave something out of what is counted.
EXCLUSIONS = ("trừ", "không gồm", "không bao gồm", "không tính")

#: Areas named in a text, with the kind of unit they belong to, from small to large.
AREAS: tuple[tuple[str, str], ...] = (
    ("commune", "trên địa bàn xã"),
    ("district", "trên địa bàn huyện"),
    ("province", "trên địa bàn tỉnh"),
    ("country", "trên toàn quốc"),
)

#: Qualities that a line may ask for or deny.
QUALITIES = (
    "đầy đủ",
    "kịp thời",
    "đúng thành phần",
    "đúng nội dung",
    "đúng hạn",
    "đúng thời hạn",
    "đúng biểu mẫu",
    "phù hợp",
)

#: Degrees of education, from low to high; a line for one of them holds for that degree alone.
DEGREES = ("trung cấp", "cao đẳng", "đại học", "thạc sĩ", "tiến sĩ")

#: Words that let a line hold for all that is higher as well.
AND_ABOVE = ("trở lên", "sau đại học")

#: Words that deny what follows them.
DENIALS = ("không", "chưa", "chậm", "thiếu")

#: Lines that hold when no other does.
REMAINDERS = ("khác", "còn lại", "trường hợp khác", "các trường hợp khác", "các trường hợp còn lại")

#: What opens the title of a criterion about how often something happens.
FREQUENCY = "tần suất"

#: Words of such a title that the title of the thing itself does not need.
FREQUENCY_WORDS = frozenset({"tần", "suất", "phát", "sóng", "có", "hệ", "thống", "thực", "hiện", "cập", "nhật"})


def without_quantifiers(text: str) -> str:
    """Return a lower-case text from the thing that it counts on."""
    text = text.strip()
    for word in QUANTIFIERS:
        if text.startswith(f"{word} "):
            return without_quantifiers(text[len(word) + 1 :])
    return text

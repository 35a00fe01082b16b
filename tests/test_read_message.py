"""Mails and pages saved in one file: the text is the document, attachments are members, pictures of the text are neither."""

from __future__ import annotations

from email.message import EmailMessage
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart

import pytest
from hostile import docx

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import Document, Failure, Reason
from shenwen.extractors.content import Limits
from shenwen.extractors.file_format import format_of
from shenwen.extractors.read import read_members
from shenwen.pipeline.process import needs_worker

PAGE = "<html><head><title>通知</title></head><body><h1>关于河道清淤的通知</h1><p>请于2026年6月底前完成清淤。</p></body></html>"


def saved_page(charset: str, coding: str) -> bytes:
    """A page as browsers save it: related parts, its own bytes in the page's encoding."""
    whole = MIMEMultipart("related", type="text/html")
    whole["From"] = "<Saved by Blink>"
    part = MIMEBase("text", "html", charset=charset)
    part.set_payload(PAGE.encode(charset))
    if coding == "base64":
        from email.encoders import encode_base64 as encode
    else:
        from email.encoders import encode_quopri as encode
    encode(part)
    picture = MIMEBase("image", "png")
    picture["Content-Location"] = "http://a/b.png"
    picture.set_payload("x")
    whole.attach(part)
    whole.attach(picture)
    return whole.as_bytes()


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gb18030"])
@pytest.mark.parametrize("coding", ["base64", "quoted-printable"])
def test_a_saved_page_is_the_page(charset: str, coding: str) -> None:
    (page,) = read_members("通知.mht", saved_page(charset, coding))
    assert isinstance(page, Document)
    assert (page.path, page.format) == ("通知.mht", FileFormat.HTML)
    assert page.text == "关于河道清淤的通知\n请于2026年6月底前完成清淤。"


def mail() -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["From"] = "通知", "a@example.org"
    made.set_content("请于2026年6月底前完成清淤。")
    made.add_alternative(PAGE, subtype="html")
    return made


def test_a_mail_and_its_attachments() -> None:
    made = mail()
    made.add_attachment(docx(), maintype="application", subtype="octet-stream", filename="附件1.docx")
    text, attached = read_members("来信.eml", made.as_bytes())
    assert isinstance(text, Document) and isinstance(attached, Document)
    assert (text.path, text.format) == ("来信.eml", FileFormat.HTML)
    assert (attached.path, attached.format) == ("来信.eml!/附件1.docx", FileFormat.DOCX)


def test_of_alternatives_the_last_is_read() -> None:
    (text,) = read_members("来信.eml", mail().as_bytes())
    assert isinstance(text, Document) and text.text.startswith("关于河道清淤的通知")


def test_a_word_for_the_encoding_that_is_wrong_is_not_believed() -> None:
    head = b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=x-none\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    (text,) = read_members("来信.eml", head + "请完成河道清淤。".encode("gb18030"))
    assert isinstance(text, Document) and text.text == "请完成河道清淤。"


def test_a_mail_without_text() -> None:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n"
    (item,) = read_members("来信.eml", head)
    assert isinstance(item, Failure) and item.reason is Reason.NO_TEXT


@pytest.mark.parametrize(
    "words", ["事由：清淤\n日期：3月1日\n\n请完成。", "Title: a\nDate: b\n\ntext", "MIME-Version: 1.0 是什么\n\n正文"]
)
def test_a_text_that_looks_a_little_like_one_is_a_text(words: str) -> None:
    assert format_of(words.encode()) is FileFormat.TXT


def test_it_is_read_in_a_worker(tmp_path) -> None:
    path = tmp_path / "来信.eml"
    path.write_bytes(mail().as_bytes())
    assert needs_worker(path, Limits())

"""The register as a calendar (RFC 5545): one all-day event on the last day of each task that has one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from shenwen.corpus.tasks import State
from shenwen.pipeline.ledger import STATES, Row


def render(rows: Iterable[Row], today: date) -> bytes:
    """The calendar's bytes; equal rows and equal days give equal bytes."""
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//shenwen//register of tasks//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "任务台账")
    for row in rows:
        task = row.task
        if task.due is None:
            continue
        event = Event()
        event.add("uid", f"{task.id}@shenwen")
        event.add("dtstamp", datetime.combine(today, time(), UTC))
        event.add("dtstart", task.due)
        event.add("dtend", task.due + timedelta(days=1))
        event.add("summary", "、".join(task.owners) + "：" + task.action if task.owners else task.action)
        source = f"《{task.title}》{task.doc_number or ''}{task.provision or ''}" if task.title else task.path
        event.add("description", f"{STATES[row.state]}\n依据：{source}\n{task.quote}")
        if row.state is State.DONE:
            event.add("status", "CONFIRMED")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", task.action)
        alarm.add("trigger", timedelta(days=-3))
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())

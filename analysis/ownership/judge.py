"""Judging asks as of a moment: owner, state, deadlines, reasons and, in limbo, who might take it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from analysis.ownership.conversation import TraceContext
from analysis.ownership.owners import owner_of
from analysis.ownership.reasons import Case, reasons_of
from analysis.ownership.standing import Progress, clocks_of, hours_at_risk, progress_of, state_of
from analysis.ownership.suggest import NOBODY, History, Suggestion
from models.judgements import Ask, AskEvent, Judgement
from models.vocabulary import OPEN_OWNERLESS, EventKind, OwnerBasis, State

HOUR = timedelta(hours=1)


def judge(asks: Sequence[Ask], as_of: datetime, context: TraceContext) -> list[Judgement]:
    """Judge every ask that had been asked by `as_of`; nothing that happened later is looked at or kept on it.

    Args:
        asks: every traced ask; together they are the history that suggestions rest on.
        as_of: the moment.
        context: the companies and what the whole mail up to the moment knows.
    """
    asked = [ask for ask in asks if ask.asked_at <= as_of]
    history = History(asked, as_of, context)
    return [_judge(ask, as_of, context, history) for ask in asked]


def _judge(ask: Ask, as_of: datetime, context: TraceContext, history: History) -> Judgement:
    progress = progress_of(ask, as_of, context)
    ask = replace(ask, events=progress.events)
    clocks = clocks_of(ask, progress, context.business_time(ask.obliged), context.settings)
    owner = owner_of(ask, progress.events, as_of, context)
    case = Case(ask, progress, clocks, owner, as_of, context)
    state = state_of(progress, clocks, as_of, owned=owner is not None)
    suggestion = history.suggest(ask) if state in OPEN_OWNERLESS else NOBODY
    return _judgement(case, state, suggestion)


def _judgement(case: Case, state: State, suggestion: Suggestion) -> Judgement:
    ask, progress, clocks, owner = case.ask, case.progress, case.clocks, case.owner
    closed_at = progress.closing.at if progress.closing else None
    answered = _answer(progress)
    end = closed_at or case.as_of
    time = case.context.business_time(ask.obliged)
    allowed = time.hours_between(ask.asked_at, time.add(ask.asked_at, ask.clock.answer))
    answer_hours = hours_at_risk(ask, end, progress, time)
    return Judgement(
        ask=ask,
        as_of=case.as_of,
        state=state,
        owner=owner.person if owner else None,
        owner_basis=owner.basis if owner else OwnerBasis.NONE,
        owner_evidence=owner.evidence if owner else None,
        late=closed_at is None and case.as_of > clocks.answer_due,
        reasons=reasons_of(case) if closed_at is None else (),
        acknowledged_at=progress.acknowledged.at if progress.acknowledged else None,
        answered_at=answered.at if answered else None,
        answered_by=(answered.person or None) if answered else None,
        closed_at=closed_at,
        ack_due=clocks.ack_due,
        answer_due=clocks.answer_due,
        silence_due=clocks.silence_due,
        age_hours=round(time.hours_between(ask.asked_at, end), 6),
        wall_hours=round((end - ask.asked_at) / HOUR, 6),
        ack_hours=_ack_hours(case, end),
        answer_hours=answer_hours,
        clock_share=round(answer_hours / allowed, 6) if allowed else 0.0,
        chasers=progress.chasers,
        suggested_owner=suggestion.person or None,
        suggestion=suggestion.reason,
    )


def _answer(progress: Progress) -> AskEvent | None:
    """The closing event where it is an answer or a refusal to give one."""
    closing = progress.closing
    return closing if closing is not None and closing.kind is not EventKind.WITHDRAWN else None


def _ack_hours(case: Case, end: datetime) -> float:
    acknowledged = case.progress.acknowledged
    stop = min(acknowledged.at, end) if acknowledged else end
    return hours_at_risk(case.ask, stop, case.progress, case.context.business_time(case.ask.obliged))

"""The life of an ask: opened, addressed, owned, answered or left in limbo (design: the life of an ask)."""

from analysis.ownership.conversation import Conversation, TraceContext
from analysis.ownership.judge import judge
from analysis.ownership.trace import trace_asks

__all__ = ["Conversation", "TraceContext", "judge", "trace_asks"]

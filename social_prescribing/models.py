"""Lists the model classes for Django; each is defined in the file of its noun."""

from social_prescribing.agreed_supports import AgreedSupport
from social_prescribing.asked_needs import AskedNeed
from social_prescribing.audit_log import AuditEntry
from social_prescribing.bot_turns import BotTurn
from social_prescribing.callbacks import Attempt, Callback, CallbackEvent, CallbackNeed
from social_prescribing.consent import Consent
from social_prescribing.conversations import Conversation, Message
from social_prescribing.digests import DigestSetting
from social_prescribing.directory import DirectoryChange
from social_prescribing.directory_import import SupportSource
from social_prescribing.gaps import Gap
from social_prescribing.heartbeats import Heartbeat
from social_prescribing.held_data import DataDeletion
from social_prescribing.link_workers import Absence, DaysAtPractice, LinkWorker, Theme
from social_prescribing.need_corrections import NeedCorrection
from social_prescribing.notices import Notice
from social_prescribing.on_call import OnCallContact
from social_prescribing.outbox import ChannelPace
from social_prescribing.patients import Patient
from social_prescribing.polling import Poll
from social_prescribing.practices import ContactNumber, Practice, Provider
from social_prescribing.safety_alerts import SafetyAlert, SafetyStep
from social_prescribing.signposting import Signposting
from social_prescribing.sites import Site
from social_prescribing.spotlights import Spotlight
from social_prescribing.staff import Person, StaffRole
from social_prescribing.support_changes import SupportChange
from social_prescribing.support_checks import SupportCheck
from social_prescribing.support_reports import SupportReport
from social_prescribing.supports import Support, SupportArea, SupportNeed

__all__ = [
    "Absence",
    "AgreedSupport",
    "AskedNeed",
    "Attempt",
    "AuditEntry",
    "BotTurn",
    "Callback",
    "CallbackEvent",
    "CallbackNeed",
    "ChannelPace",
    "Consent",
    "ContactNumber",
    "Conversation",
    "DataDeletion",
    "DaysAtPractice",
    "DigestSetting",
    "DirectoryChange",
    "Gap",
    "Heartbeat",
    "LinkWorker",
    "Message",
    "NeedCorrection",
    "Notice",
    "OnCallContact",
    "Patient",
    "Person",
    "Poll",
    "Practice",
    "Provider",
    "SafetyAlert",
    "SafetyStep",
    "Signposting",
    "Site",
    "Spotlight",
    "StaffRole",
    "Support",
    "SupportArea",
    "SupportChange",
    "SupportCheck",
    "SupportNeed",
    "SupportReport",
    "SupportSource",
    "Theme",
]

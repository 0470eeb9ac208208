"""Who may call which URL: one row for each name, and nothing without a row.

``enforce_access`` (ude_portal.middleware) reads this table on every request; what a person
may do with one particular object is decided by the app's ``policies.py``.
``tests/test_access.py`` fails for a URL without a row.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from partnerships.policies import May


class Rule(Enum):
    """Kinds of people: public > signed in > staff, and the people of one city's office.

    The table lets everybody with an account pass to an office's pages; which city it is stands
    in the address, so ``offices.door.office_page`` compares the person's roles there with what
    the page asks for. Pages of reviewers look into the list of reviewers in the same way
    (``exchanges.reviewing.door``). ``tests/test_access.py`` fails where page and table disagree.
    """

    PUBLIC = "everybody"
    SIGNED_IN = "people with an account"
    OFFICE_READ = "everybody with a role in the city"
    OFFICE_EDIT = "who may edit for the city"
    OFFICE_SIGN = "who may sign for the city"
    OFFICE_COORDINATE = "who coordinates the city's office"
    REVIEWER = "people asked to review applications"
    STAFF = "SKEW staff"

    def allows(self, user: Any) -> bool:
        if self is Rule.PUBLIC:
            return True
        if not user.is_authenticated or not user.is_active:
            return False
        return bool(user.is_staff) if self is Rule.STAFF else True

    @property
    def in_office(self) -> May | None:
        """What the rule asks for in the city that the address names; nothing elsewhere."""
        return _IN_OFFICE.get(self)


_IN_OFFICE = {
    Rule.OFFICE_READ: May.READ,
    Rule.OFFICE_EDIT: May.EDIT,
    Rule.OFFICE_SIGN: May.SIGN,
    Rule.OFFICE_COORDINATE: May.COORDINATE,
}


#: Whole namespaces and families, the longest match counts; allauth also guards its own pages.
FAMILIES = {
    "admin:": Rule.STAFF,
    "account_": Rule.PUBLIC,
    "account_change_": Rule.SIGNED_IN,
    "account_set_": Rule.SIGNED_IN,
    "mfa_": Rule.SIGNED_IN,
}

ACCESS: dict[str, Rule] = {
    # the site
    "home": Rule.PUBLIC,
    "partnership_feed": Rule.PUBLIC,
    "news_feed": Rule.PUBLIC,
    "call_feed": Rule.PUBLIC,
    "goals": Rule.PUBLIC,
    "goal": Rule.PUBLIC,
    "topic": Rule.PUBLIC,
    "gallery": Rule.PUBLIC,
    "healthz": Rule.PUBLIC,
    "readyz": Rule.PUBLIC,
    "sitemap": Rule.PUBLIC,
    "robots": Rule.PUBLIC,
    # allauth's exceptions from its families
    "account_email": Rule.SIGNED_IN,
    "account_reauthenticate": Rule.SIGNED_IN,
    "mfa_authenticate": Rule.PUBLIC,
    "mfa_login_webauthn": Rule.PUBLIC,
    # pages
    "pages:page": Rule.PUBLIC,
    "pages:news": Rule.PUBLIC,
    "pages:news_item": Rule.PUBLIC,
    # registry
    "partnerships:directory": Rule.PUBLIC,
    "partnerships:partnership": Rule.PUBLIC,
    "partnerships:city": Rule.PUBLIC,
    "partnerships:map": Rule.PUBLIC,
    "partnerships:glossary": Rule.PUBLIC,
    "partnerships:open_data": Rule.PUBLIC,
    "open_data:partnerships": Rule.PUBLIC,
    # a city's office
    "office:start": Rule.SIGNED_IN,
    "office:ask": Rule.SIGNED_IN,
    "office:ask_city": Rule.SIGNED_IN,
    "office:request_withdraw": Rule.SIGNED_IN,
    "office:invited": Rule.PUBLIC,  # accepting takes a code mailed to the invited address
    "office:overview": Rule.OFFICE_READ,
    # a city's office: topics of its partnerships
    "office:topic_index": Rule.OFFICE_READ,
    "office:topics": Rule.OFFICE_READ,
    "office:ranking": Rule.OFFICE_EDIT,
    "office:rank": Rule.OFFICE_EDIT,
    "office:topics_reopen": Rule.OFFICE_EDIT,
    "office:focus_goals": Rule.OFFICE_EDIT,
    "office:focus_goals_save": Rule.OFFICE_EDIT,
    # a city's office: offers and needs, contact with other offices
    "office:cards": Rule.OFFICE_READ,
    "office:card_matches": Rule.OFFICE_READ,
    "office:all_cards": Rule.OFFICE_READ,
    "office:card_new": Rule.OFFICE_EDIT,
    "office:card_add": Rule.OFFICE_EDIT,
    "office:card": Rule.OFFICE_EDIT,
    "office:card_save": Rule.OFFICE_EDIT,
    "office:card_remove": Rule.OFFICE_EDIT,
    "office:commitment_new": Rule.OFFICE_EDIT,
    "office:commitment_add": Rule.OFFICE_EDIT,
    "office:commitment": Rule.OFFICE_READ,
    "office:commitment_save": Rule.OFFICE_EDIT,
    "office:commitment_close": Rule.OFFICE_EDIT,
    "office:commitment_reopen": Rule.OFFICE_EDIT,
    "office:radar": Rule.OFFICE_READ,
    "office:contacts": Rule.OFFICE_READ,
    "office:contact": Rule.OFFICE_READ,
    "office:contact_ask": Rule.OFFICE_EDIT,
    "office:contact_send": Rule.OFFICE_EDIT,
    "office:contact_agree": Rule.OFFICE_EDIT,
    "office:contact_decline": Rule.OFFICE_EDIT,
    "office:contact_withdraw": Rule.OFFICE_EDIT,
    "office:people": Rule.OFFICE_READ,
    "office:leave": Rule.OFFICE_READ,
    "office:posts": Rule.OFFICE_READ,
    "office:departments": Rule.OFFICE_READ,
    "office:post_add": Rule.OFFICE_EDIT,
    "office:post": Rule.OFFICE_EDIT,
    "office:post_holder": Rule.OFFICE_EDIT,
    "office:post_end": Rule.OFFICE_EDIT,
    "office:invite": Rule.OFFICE_COORDINATE,
    "office:invitation_take_back": Rule.OFFICE_COORDINATE,
    "office:request_grant": Rule.OFFICE_COORDINATE,
    "office:request_refuse": Rule.OFFICE_COORDINATE,
    "office:person": Rule.OFFICE_COORDINATE,
    "office:person_end": Rule.OFFICE_COORDINATE,
    # a city's office: its partnerships
    "office:partnerships": Rule.OFFICE_READ,
    "office:partnership_new": Rule.OFFICE_EDIT,
    "office:partnership": Rule.OFFICE_READ,
    "office:draft": Rule.OFFICE_EDIT,
    "office:draft_register": Rule.OFFICE_SIGN,
    "office:draft_cities": Rule.OFFICE_EDIT,
    "office:draft_remove_city": Rule.OFFICE_EDIT,
    "office:draft_propose_city": Rule.OFFICE_EDIT,
    "office:draft_discard": Rule.OFFICE_EDIT,
    "office:claim": Rule.OFFICE_SIGN,
    "office:confirm": Rule.OFFICE_SIGN,
    "office:ask_partner": Rule.OFFICE_SIGN,
    "office:take_back": Rule.OFFICE_SIGN,
    "office:give_way": Rule.OFFICE_SIGN,
    "office:upload": Rule.OFFICE_EDIT,
    "office:download": Rule.OFFICE_READ,
    "office:remove_file": Rule.OFFICE_EDIT,
    # a city confirms by link: the link is the permission
    "confirmation:open": Rule.PUBLIC,
    "confirmation:page": Rule.PUBLIC,
    "confirmation:answer": Rule.PUBLIC,
    "confirmation:take_over": Rule.PUBLIC,
    "confirmation:broken": Rule.PUBLIC,
    # exchanges: calls
    "exchanges:calls": Rule.PUBLIC,
    "exchanges:call": Rule.PUBLIC,
    "exchanges:self_check": Rule.PUBLIC,
    "exchanges:apply": Rule.SIGNED_IN,
    # exchanges: a city's office
    "exchanges:cases": Rule.OFFICE_READ,
    "exchanges:start": Rule.OFFICE_EDIT,
    "exchanges:case": Rule.OFFICE_READ,
    "exchanges:section": Rule.OFFICE_READ,
    "exchanges:city_section": Rule.OFFICE_READ,
    "exchanges:discard": Rule.OFFICE_EDIT,
    "exchanges:links": Rule.OFFICE_EDIT,
    "exchanges:send_link": Rule.OFFICE_EDIT,
    "exchanges:remind_link": Rule.OFFICE_EDIT,
    "exchanges:end_link": Rule.OFFICE_EDIT,
    "exchanges:sign": Rule.OFFICE_SIGN,
    "exchanges:sign_save": Rule.OFFICE_SIGN,
    "exchanges:hand_in": Rule.OFFICE_READ,
    "exchanges:submit": Rule.OFFICE_READ,
    "exchanges:versions": Rule.OFFICE_READ,
    "exchanges:version": Rule.OFFICE_READ,
    "exchanges:withdraw": Rule.OFFICE_SIGN,
    "exchanges:withdraw_save": Rule.OFFICE_SIGN,
    # exchanges: reviewers
    **dict.fromkeys(
        [
            "exchanges:reviews",
            "exchanges:review",
            "exchanges:review_declare",
            "exchanges:review_step_back",
            "exchanges:review_save",
            "exchanges:review_hand_in",
            "exchanges:review_discuss",
            "exchanges:reviewers_panel",
        ],
        Rule.REVIEWER,
    ),
    # exchanges: staff
    "exchanges:panel": Rule.STAFF,
    "exchanges:staff_case": Rule.STAFF,
    "exchanges:staff_check": Rule.STAFF,
    "exchanges:staff_assign": Rule.STAFF,
    "exchanges:staff_unassign": Rule.STAFF,
    "exchanges:staff_settle": Rule.STAFF,
    "exchanges:staff_remind": Rule.STAFF,
    "exchanges:staff_discuss": Rule.STAFF,
    "exchanges:per_diem": Rule.OFFICE_READ,
    "exchanges:take_over_per_diem": Rule.OFFICE_EDIT,
    "exchanges:print": Rule.OFFICE_READ,
    "exchanges:copy": Rule.OFFICE_READ,
    "exchanges:letter": Rule.OFFICE_READ,
    "exchanges:letter_pdf": Rule.OFFICE_READ,
    "exchanges:complain": Rule.OFFICE_SIGN,
    "exchanges:trip": Rule.OFFICE_READ,
    "exchanges:trip_ics": Rule.OFFICE_READ,
    "exchanges:staff_extend": Rule.STAFF,
    "exchanges:staff_ask": Rule.STAFF,
    "exchanges:staff_go_on": Rule.STAFF,
    "exchanges:staff_waive": Rule.STAFF,
    "exchanges:staff_version": Rule.STAFF,
    # exchanges: a partner city works by link: the link is the permission
    "exchange_link:open": Rule.PUBLIC,
    "exchange_link:case": Rule.PUBLIC,
    "exchange_link:section": Rule.PUBLIC,
    "exchange_link:city_section": Rule.PUBLIC,
    "exchange_link:sign": Rule.PUBLIC,
    "exchange_link:sign_save": Rule.PUBLIC,
    "exchange_link:hand_in": Rule.PUBLIC,
    "exchange_link:versions": Rule.PUBLIC,
    "exchange_link:version": Rule.PUBLIC,
    "exchange_link:broken": Rule.PUBLIC,
    "exchange_link:per_diem": Rule.PUBLIC,
    "exchange_link:take_over_per_diem": Rule.PUBLIC,
    "exchange_link:print": Rule.PUBLIC,
    "exchange_link:copy": Rule.PUBLIC,
    "exchange_link:letter": Rule.PUBLIC,
    "exchange_link:letter_pdf": Rule.PUBLIC,
    "exchange_link:complain": Rule.PUBLIC,
    "exchange_link:trip": Rule.PUBLIC,
    "exchange_link:trip_ics": Rule.PUBLIC,
    # exchanges: the staff's desk and decisions
    "exchanges:pipeline": Rule.STAFF,
    "exchanges:tasks": Rule.STAFF,
    "exchanges:budgets": Rule.STAFF,
    "exchanges:assign_many": Rule.STAFF,
    "exchanges:remind_many": Rule.STAFF,
    "exchanges:transfer": Rule.STAFF,
    "exchanges:decisions": Rule.STAFF,
    "exchanges:release_all": Rule.STAFF,
    "exchanges:decide": Rule.STAFF,
    "exchanges:release": Rule.STAFF,
    "exchanges:discard_decision": Rule.STAFF,
    "exchanges:tick": Rule.STAFF,
    "exchanges:answer_complaint": Rule.STAFF,
    # registry: staff
    "partnerships:role_requests": Rule.STAFF,
    "partnerships:role_request_grant": Rule.STAFF,
    "partnerships:role_request_refuse": Rule.STAFF,
    "partnerships:queue": Rule.STAFF,
    "partnerships:answer_accept": Rule.STAFF,
    "partnerships:answer_refuse": Rule.STAFF,
    "partnerships:mediate": Rule.STAFF,
    "partnerships:proposed_city": Rule.STAFF,
    "partnerships:proposed_city_accept": Rule.STAFF,
    "partnerships:proposed_city_refuse": Rule.STAFF,
    "partnerships:silent_remind": Rule.STAFF,
    "partnerships:draft_tell": Rule.STAFF,
    "partnerships:export_list": Rule.STAFF,
    "partnerships:export_file": Rule.STAFF,
    "partnerships:imports": Rule.STAFF,
    "partnerships:import_upload": Rule.STAFF,
    "partnerships:import": Rule.STAFF,
    "partnerships:import_reading": Rule.STAFF,
    "partnerships:import_columns": Rule.STAFF,
    "partnerships:import_run": Rule.STAFF,
    "partnerships:import_discard": Rule.STAFF,
    "partnerships:import_undo": Rule.STAFF,
    "partnerships:import_report": Rule.STAFF,
    "partnerships:import_tasks": Rule.STAFF,
    "partnerships:import_task": Rule.STAFF,
    "partnerships:import_task_solve": Rule.STAFF,
    "partnerships:import_task_discard": Rule.STAFF,
    "partnerships:doubles": Rule.STAFF,
    "partnerships:merges": Rule.STAFF,
    "partnerships:merge": Rule.STAFF,
    "partnerships:merge_undo": Rule.STAFF,
    "partnerships:city_merge": Rule.STAFF,
    "partnerships:city_merge_compare": Rule.STAFF,
    "partnerships:city_merge_run": Rule.STAFF,
    "partnerships:partnership_merge": Rule.STAFF,
    "partnerships:partnership_merge_compare": Rule.STAFF,
    "partnerships:partnership_merge_run": Rule.STAFF,
    # events: public
    "events:events": Rule.PUBLIC,
    "events:event": Rule.PUBLIC,
    "events:file": Rule.PUBLIC,
    "events:ics": Rule.PUBLIC,
    # events: staff
    "events:guests": Rule.STAFF,
    "events:guest": Rule.STAFF,
    "events:guest_answer": Rule.STAFF,
    "events:guest_withdraw": Rule.STAFF,
    "events:guest_resend": Rule.STAFF,
    "events:guest_address": Rule.STAFF,
    "events:guest_right": Rule.STAFF,
    "events:invite": Rule.STAFF,
    "events:invite_send": Rule.STAFF,
    "events:invite_preview": Rule.STAFF,
    "events:invite_preview_html": Rule.STAFF,
    "events:invite_test": Rule.STAFF,
    "events:invite_stop": Rule.STAFF,
    "events:invite_continue": Rule.STAFF,
    "events:delegations": Rule.STAFF,
    "events:reminders": Rule.STAFF,
    "events:announce": Rule.STAFF,
    "events:cancel": Rule.STAFF,
    "events:export": Rule.STAFF,
    "events:export_file": Rule.STAFF,
    # a guest's personal page: the link is the permission
    "invitation:open": Rule.PUBLIC,
    "invitation:page": Rule.PUBLIC,
    "invitation:answer": Rule.PUBLIC,
    "invitation:calendar": Rule.PUBLIC,
    "invitation:opt_out": Rule.PUBLIC,
    "invitation:unsubscribe": Rule.PUBLIC,
    "invitation:broken": Rule.PUBLIC,
    # mail
    "mailing:mailbox": Rule.PUBLIC,
    "mailing:mailbox_mail": Rule.PUBLIC,
    "mailing:mailbox_html": Rule.PUBLIC,
    "mailing:mailbox_calendar": Rule.PUBLIC,
    "mailing:outbox": Rule.STAFF,
    "mailing:mail": Rule.STAFF,
    "mailing:mail_html": Rule.STAFF,
    "mailing:retry": Rule.STAFF,
    "mailing:release": Rule.STAFF,
    "mailing:drop": Rule.STAFF,
    # accounts and data protection
    "accounts:profile": Rule.SIGNED_IN,
    "privacy:inventory": Rule.PUBLIC,
}


def rule_for(name: str) -> Rule | None:
    """The rule of a URL name (with namespace); ``None`` where nobody declared one."""
    if name in ACCESS:
        return ACCESS[name]
    families = [prefix for prefix in FAMILIES if name.startswith(prefix)]
    return FAMILIES[max(families, key=len)] if families else None

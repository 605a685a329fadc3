"""Every page of the desk, in the order in which addresses are tried."""

from typing import Final

from casework.advice import duty_pages
from casework.advice import pages as advice_pages
from casework.advice import step_pages as advice_step_pages
from casework.api import pages as description_pages
from casework.appointments import agenda_pages, clinic_pages, site_pages, team_pages
from casework.appointments import pages as appointment_pages
from casework.assessing import bias_pages, indication_pages, needs_pages, proof_pages
from casework.attachments import pages as attachment_pages
from casework.authority_requests import entering as authority_entering
from casework.authority_requests import pages as authority_pages
from casework.cases import assigning_pages, contact_pages, reopening_pages
from casework.cases import pages as case_pages
from casework.city_sign_in import door_pages as city_door_pages
from casework.city_sign_in import link_pages as city_link_pages
from casework.competence import pages as competence_pages
from casework.conflicts import ending_pages as conflict_ending_pages
from casework.conflicts import pages as conflict_pages
from casework.conflicts import party_pages
from casework.corrections import contact_pages as corrected_contact_pages
from casework.corrections import pages as correction_pages
from casework.deadlines import feed_pages, period_pages, reminder_pages, scan_pages
from casework.deadlines import list_pages as deadline_list_pages
from casework.deadlines import pages as deadline_pages
from casework.documents import pages as document_pages
from casework.dossiers import pages as dossier_pages
from casework.drafts import pages as draft_pages
from casework.equality import pages as equality_pages
from casework.feedback import pages as feedback_pages
from casework.feedback import routes as feedback_routes
from casework.harms import pages as harm_pages
from casework.hearings import pages as hearing_pages
from casework.inbox import list_pages as inbox_list_pages
from casework.inbox import pages as inbox_pages
from casework.inbox import taking_up_pages
from casework.incidents import incident_pages
from casework.incidents import pages as same_event_pages
from casework.interpreters import own_pages as own_language_pages
from casework.interpreters import pages as interpreter_pages
from casework.letters import pages as letter_pages
from casework.letters import paper_pages as letter_paper_pages
from casework.links import making_pages as link_making_pages
from casework.links import pages as link_pages
from casework.mediation import mediator_pages
from casework.mediation import pages as mediation_pages
from casework.merges import pages as merge_pages
from casework.messages import pages as message_pages
from casework.patterns import litigation_pages
from casework.patterns import pages as pattern_pages
from casework.profile import pages as profile_pages
from casework.promises import pages as promise_pages
from casework.queues import absence_pages, giving_pages, list_pages, workload_pages
from casework.receipts import pages as receipt_pages
from casework.referrals import list_pages as referral_list_pages
from casework.referrals import pages as referral_pages
from casework.referrals import partner_pages
from casework.referrals import waiting_pages as referral_waiting_pages
from casework.relays import own_pages as assisting_pages
from casework.relays import pages as relay_pages
from casework.safe_contact import pages as safe_contact_pages
from casework.search import pages as search_pages
from casework.staff import admin_pages as staff_admin_pages
from casework.staff import health_pages, invitation_pages, own_pages, passkey_pages, recovery_pages
from casework.staff import pages as staff_pages
from casework.states import closing_pages, head_pages, void_pages
from casework.states import pages as state_pages
from casework.supervision import pages as supervision_pages
from casework.taking_back import pages as taking_back_pages
from casework.tasks import change_pages as task_change_pages
from casework.tasks import list_pages as task_list_pages
from casework.tasks import pages as task_pages
from casework.timeline import case_pages as case_timeline_pages
from casework.timeline import pages as timeline_pages
from casework.traces import pages as trace_pages
from casework.tracks import clock_pages, remedy_pages
from casework.tracks import pages as track_pages
from casework.walls import oversight_pages as wall_oversight_pages
from casework.walls import pages as wall_pages

ROUTERS: Final = (
    staff_pages.router,
    invitation_pages.router,
    staff_admin_pages.router,
    own_pages.router,
    own_language_pages.router,
    interpreter_pages.router,
    health_pages.router,
    passkey_pages.router,
    city_door_pages.router,
    city_link_pages.router,
    recovery_pages.router,
    inbox_list_pages.router,
    inbox_pages.router,
    taking_up_pages.router,
    attachment_pages.router,
    list_pages.router,
    giving_pages.router,
    absence_pages.router,
    workload_pages.router,
    case_pages.router,
    scan_pages.router,
    deadline_pages.router,
    period_pages.router,
    deadline_list_pages.router,
    feed_pages.router,
    reminder_pages.router,
    same_event_pages.router,
    incident_pages.router,
    link_pages.router,
    link_making_pages.router,
    state_pages.router,
    closing_pages.router,
    void_pages.router,
    head_pages.router,
    contact_pages.router,
    corrected_contact_pages.router,
    correction_pages.router,
    reopening_pages.router,
    assigning_pages.router,
    conflict_pages.router,
    conflict_ending_pages.router,
    party_pages.router,
    competence_pages.router,
    advice_pages.router,
    advice_step_pages.router,
    harm_pages.router,
    profile_pages.router,
    track_pages.router,
    clock_pages.router,
    remedy_pages.router,
    hearing_pages.router,
    letter_pages.router,
    letter_paper_pages.router,
    document_pages.router,
    dossier_pages.router,
    mediation_pages.router,
    mediator_pages.router,
    duty_pages.router,
    referral_list_pages.router,
    referral_waiting_pages.router,
    referral_pages.router,
    partner_pages.router,
    task_list_pages.router,
    task_pages.router,
    task_change_pages.router,
    taking_back_pages.router,
    safe_contact_pages.router,
    search_pages.router,
    appointment_pages.router,
    agenda_pages.router,
    team_pages.router,
    clinic_pages.router,
    site_pages.router,
    pattern_pages.router,
    litigation_pages.router,
    proof_pages.router,
    indication_pages.router,
    bias_pages.router,
    needs_pages.router,
    draft_pages.router,
    supervision_pages.router,
    merge_pages.router,
    wall_pages.router,
    wall_oversight_pages.router,
    message_pages.router,
    receipt_pages.router,
    timeline_pages.router,
    case_timeline_pages.router,
    trace_pages.router,
    equality_pages.router,
    promise_pages.router,
    feedback_pages.router,
    feedback_routes.router,
    relay_pages.router,
    assisting_pages.router,
    authority_entering.router,
    authority_pages.router,
    description_pages.router,
)

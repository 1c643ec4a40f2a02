"""Addresses of accounts: signing in, the second factor, single sign-on, invitations.

Of django-allauth only the pages that somebody can reach are listed; accounts come by invitation, addresses are changed
by operators, so its pages for signing up and for managing addresses do not exist here.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as social
from django.conf import settings
from django.urls import path, re_path
from django.views.decorators.http import require_http_methods, require_safe

from chiso.web.people import accepting, bulk_views, changing, invitation_views, own_account, sign_on, views

#: Class-based views also answer PUT, and show what they should only take; each is given the ways it has.
_asks = require_http_methods(["GET", "HEAD", "POST"])

urlpatterns = [
    path("account/", own_account.own_account, name="own_account"),
    path("account/invitation/<str:token>/", accepting.accept, name="invitation"),
    path("account/sessions/<int:pk>/end", own_account.end_session, name="end_session"),
    path("account/sessions/end-others", own_account.end_other_sessions, name="end_other_sessions"),
    path("account/login/", _asks(account.login), name="account_login"),
    path("account/logout/", _asks(account.logout), name="account_logout"),
    path("account/inactive/", require_safe(account.account_inactive), name="account_inactive"),
    path("account/reauthenticate/", _asks(account.reauthenticate), name="account_reauthenticate"),
    path("account/password/change/", _asks(account.password_change), name="account_change_password"),
    path("account/password/set/", _asks(account.password_set), name="account_set_password"),
    path("account/password/reset/", _asks(account.password_reset), name="account_reset_password"),
    path("account/password/reset/done/", require_safe(account.password_reset_done), name="account_reset_password_done"),
    path(
        "account/password/reset/key/done/",
        require_safe(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        "^account/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        _asks(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("account/2fa/", require_safe(factors.index), name="mfa_index"),
    path("account/2fa/authenticate/", _asks(factors.authenticate), name="mfa_authenticate"),
    path("account/2fa/reauthenticate/", _asks(factors.reauthenticate), name="mfa_reauthenticate"),
    path("account/2fa/totp/activate/", _asks(totp.activate_totp), name="mfa_activate_totp"),
    path("account/2fa/totp/deactivate/", _asks(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/2fa/recovery-codes/", require_safe(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "account/2fa/recovery-codes/generate/", _asks(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"
    ),
    path(
        "account/2fa/recovery-codes/download/",
        require_safe(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("account/2fa/webauthn/", require_safe(keys.list_webauthn), name="mfa_list_webauthn"),
    path("account/2fa/webauthn/add/", _asks(keys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "account/2fa/webauthn/reauthenticate/", _asks(keys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"
    ),
    path("account/2fa/webauthn/keys/<int:pk>/remove/", _asks(keys.remove_webauthn), name="mfa_remove_webauthn"),
    path("account/2fa/webauthn/keys/<int:pk>/edit/", _asks(keys.edit_webauthn), name="mfa_edit_webauthn"),
]

urlpatterns += [
    path("people/", views.people, name="people"),
    path("people/units", views.units, name="people_units"),
    path("people/<int:pk>", views.one, name="person"),
    path("people/<int:pk>/contacts", views.contacts, name="person_contacts"),
    path("people/<int:pk>/roles", changing.give, name="person_role"),
    path("people/<int:pk>/close", changing.close, name="person_close"),
    path("people/<int:pk>/reopen", changing.reopen, name="person_reopen"),
    path("people/<int:pk>/second-factor/reset", changing.reset_second_factor, name="person_reset_factor"),
    path("people/roles/<int:pk>/end", changing.end, name="role_end"),
    path("people/unit-options", invitation_views.unit_options, name="people_unit_options"),
    path("people/invitations", invitation_views.invitations, name="people_invitations"),
    path("people/invitations/new", invitation_views.invite, name="people_invite"),
    path("people/invitations/many", bulk_views.bulk, name="people_bulk"),
    path("people/invitations/many/<int:pk>", bulk_views.checked, name="people_bulk_checked"),
    path("people/invitations/many/<int:pk>/apply", bulk_views.apply, name="people_bulk_apply"),
    path("people/invitations/<int:pk>", invitation_views.invitation, name="people_invitation"),
    path("people/invitations/<int:pk>/send", invitation_views.send_again, name="people_invitation_send"),
    path("people/invitations/<int:pk>/withdraw", invitation_views.withdraw, name="people_invitation_withdraw"),
]

#: Single sign-on has addresses only where a provider is set.
if settings.SOCIALACCOUNT_PROVIDERS:
    urlpatterns += [
        path("account/sso/cancelled/", require_safe(social.login_cancelled), name="socialaccount_login_cancelled"),
        path("account/sso/error/", require_safe(social.login_error), name="socialaccount_login_error"),
        path("account/oidc/<slug:provider_id>/login/", sign_on.begin, name="openid_connect_login"),
        path(
            "account/oidc/<slug:provider_id>/login/callback/",
            sign_on.end,
            name="openid_connect_callback",
        ),
    ]

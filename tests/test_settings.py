"""Settings are read once, checked together, and safe when absent."""

from ipaddress import ip_network
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsWrong


def test_without_any_setting_only_this_machine_is_served():
    settings = Settings.from_env({})

    assert (settings.host, settings.port, settings.public_url) == ("127.0.0.1", 8080, "http://127.0.0.1:8080")
    assert (settings.embed_origins, settings.trusted_proxies) == ((), ())


def test_keys_and_words_are_two_databases_in_the_data_folder():
    settings = Settings.from_env({"DATA_DIR": "/srv/talks"})

    assert settings.database_url == "sqlite:////srv/talks/voorgesprek.db"
    assert settings.keyring_url == "sqlite:////srv/talks/keys.db"
    assert settings.master_key_file == Path("/srv/talks/master.key")


def test_an_empty_setting_counts_as_absent():
    assert Settings.from_env({"PORT": " "}).port == 8080


def test_lists_may_have_spaces_or_commas():
    settings = Settings.from_env(
        {
            "EMBED_ORIGINS": "https://www.a.nl, https://b.nl:8443",
            "TRUSTED_PROXIES": "10.0.0.0/8 ::1",
        }
    )

    assert settings.embed_origins == ("https://www.a.nl", "https://b.nl:8443")
    assert settings.trusted_proxies == (ip_network("10.0.0.0/8"), ip_network("::1"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "70000"),
        ("PORT", "http"),
        ("PORT", "²"),
        ("PUBLIC_URL", "voorgesprek.nl"),
        ("PUBLIC_URL", "https://a.nl/?x=1"),
        ("DATABASE_URL", "mysql://x"),
        ("KEYRING_URL", "keys.db"),
        ("ENGINES", "0"),
        ("EMBED_ORIGINS", "*"),
        ("EMBED_ORIGINS", "http://www.a.nl"),
        ("EMBED_ORIGINS", "https://www.a.nl/path"),
        ("EMBED_ORIGINS", "https://*.a.nl"),
        ("TRUSTED_PROXIES", "proxy"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("RATE_PER_ADDRESS", "-1"),
        ("RATE_PER_CONVERSATION", "many"),
        ("MUNICIPALITY_FILE", "/nowhere.yml"),
        ("PEERS", "10.0.0.2:8080"),
        ("PEERS", "http://10.0.0.2:8080 nowhere"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str):
    with pytest.raises(SettingsWrong, match=name):
        Settings.from_env({name: value})


@pytest.mark.parametrize("key", ["short", "x" * 23, "é" * 30, "with a space and long enough"])
def test_a_key_of_staff_is_long_and_plain_and_never_repeated(key: str):
    with pytest.raises(SettingsWrong, match="STAFF_KEY") as told:
        Settings.from_env({"STAFF_KEY": key})
    assert key not in str(told.value)
    assert Settings.from_env({}).staff_key == ""
    assert "x" * 24 not in repr(Settings.from_env({"STAFF_KEY": "x" * 24}))


def test_all_faults_are_told_at_once():
    with pytest.raises(SettingsWrong) as fault:
        Settings.from_env({"PORT": "x", "ENGINES": "x", "PUBLIC_URL": "x"})

    assert all(name in str(fault.value) for name in ("PORT", "ENGINES", "PUBLIC_URL"))


def test_keys_never_stand_beside_the_words():
    with pytest.raises(SettingsWrong, match="KEYRING_URL"):
        Settings.from_env({"DATABASE_URL": "postgresql://a/b", "KEYRING_URL": "postgresql://a/b"})


def test_a_fault_does_not_repeat_a_password():
    with pytest.raises(SettingsWrong) as fault:
        Settings.from_env({"DATABASE_URL": "oracle://me:geheim@db/x"})

    assert "geheim" not in str(fault.value)


def test_settings_can_be_shown_without_a_password():
    settings = Settings.from_env(
        {"DATABASE_URL": "postgresql://me:geheim@db/x", "KEYRING_URL": "postgresql://me:geheim@db/y"}
    )

    assert "geheim" not in repr(settings)


OIDC = {"OIDC_ISSUER": "https://login.gemeente.nl", "OIDC_CLIENT_ID": "a", "OIDC_CLIENT_SECRET": "geheim"}
WHATSAPP = {
    "WHATSAPP_VERIFY_TOKEN": "a",
    "WHATSAPP_APP_SECRET": "b",
    "WHATSAPP_ACCESS_TOKEN": "c",
    "WHATSAPP_PHONE_NUMBER_ID": "d",
}


def test_without_its_settings_there_is_no_whatsapp():
    assert Settings.from_env({}).whatsapp is None


def test_with_all_four_settings_there_is_whatsapp_with_safe_defaults():
    whatsapp = Settings.from_env(WHATSAPP).whatsapp

    assert (whatsapp.graph_url, whatsapp.sensitive, whatsapp.read_receipts) == (
        "https://graph.facebook.com",
        "link",
        False,
    )


@pytest.mark.parametrize(("together", "absent"), [(group, name) for group in (WHATSAPP, OIDC) for name in group])
def test_half_of_what_belongs_together_stops_the_start_with_the_name_that_is_missing(together, absent):
    with pytest.raises(SettingsWrong, match=absent):
        Settings.from_env({name: value for name, value in together.items() if name != absent})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WHATSAPP_SENSITIVE", "on"),
        ("WHATSAPP_GRAPH_VERSION", "25"),
        ("WHATSAPP_GRAPH_URL", "meta"),
        ("WHATSAPP_READ_RECEIPTS", "yes"),
        ("WHATSAPP_TEMPLATE_INVITE", "Uitnodiging!"),
    ],
)
def test_a_setting_of_whatsapp_that_cannot_be_used_is_named(name, value):
    with pytest.raises(SettingsWrong, match=name):
        Settings.from_env({**WHATSAPP, name: value})


def test_secrets_are_never_shown():
    shown = repr(Settings.from_env({**WHATSAPP, "WHATSAPP_APP_SECRET": "hush", "WHATSAPP_ACCESS_TOKEN": "hush"}))

    assert "hush" not in shown


def test_the_other_gateways_are_a_list_of_addresses():
    assert Settings.from_env({"PEERS": "http://10.0.0.2:8080/, https://b.internal"}).peers == (
        "http://10.0.0.2:8080",
        "https://b.internal",
    )
    assert Settings.from_env({}).peers == ()


def test_without_their_settings_there_is_no_mail_and_no_sign_on():
    settings = Settings.from_env({"MAIL_FROM": "a@b.nl"})

    assert (settings.mail, settings.oidc, settings.sends_mail) == (None, None, False)


def test_a_mail_server_goes_before_a_folder_and_its_password_may_have_any_sign():
    env = {"SMTP_URL": "smtp://bot:p%40s%2Fs@mail.gemeente.nl", "MAIL_SPOOL": "/var/spool/x"}
    mail = Settings.from_env({**env, "PUBLIC_URL": "https://gesprek.gemeente.nl"}).mail

    assert (mail.smtp.host, mail.smtp.port, mail.smtp.is_tls) == ("mail.gemeente.nl", 587, False)
    assert (mail.smtp.user, mail.smtp.password, mail.spool) == ("bot", "p@s/s", None)
    assert mail.sender == "voorgesprek@gesprek.gemeente.nl"


def test_passwords_of_mail_and_sign_on_are_never_shown():
    settings = Settings.from_env({**OIDC, "SMTP_URL": "smtps://bot:geheim@mail.gemeente.nl"})

    assert settings.mail.smtp.port == 465
    assert "geheim" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SMTP_URL", "mail.gemeente.nl"),
        ("SMTP_URL", "http://mail.gemeente.nl"),
        ("SMTP_URL", "smtp://mail.gemeente.nl:geheim"),
        ("MAIL_FROM", "Voorgesprek <a@b.nl>"),
        ("MAIL_SPOOL", __file__),
        ("OIDC_ISSUER", "http://login.gemeente.nl"),
        ("OIDC_ISSUER", "https://login.gemeente.nl?x=1"),
    ],
)
def test_a_setting_for_contact_persons_that_cannot_be_used_is_named_and_not_repeated(name: str, value: str):
    with pytest.raises(SettingsWrong, match=name) as fault:
        Settings.from_env({name: value})

    assert "geheim" not in str(fault.value)

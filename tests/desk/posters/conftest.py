import pytest

from tests.factories import a_contact_number, a_practice


@pytest.fixture
def practice():
    practice = a_practice(name="Possil Practice", code="49123", keyword="POSSIL")
    a_contact_number(practice, e164="+447700900101")
    return practice

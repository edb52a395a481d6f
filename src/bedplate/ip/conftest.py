"""What the tests of all folders share: one instance of an IP type, alone on a bench, in the worlds where it exists.

`bench(driver, config, model)` is the instance at power-on, as a `bedplate.dv.testbed.base`. A test that asks for it runs in each world,
against the model and against the RTL; one that can only be put to the model says why: `@pytest.mark.model_only("why")`. All of
them, with their reasons, are in what this prints:

    pytest src/bedplate/ip --collect-only
"""

import pytest

from bedplate.component import components
from bedplate.dv.testbed.model import ModelTestbed
from bedplate.dv.testbed.rtl import RtlTestbed

WORLDS = {"model": ModelTestbed, "rtl": RtlTestbed}


def why_model_only(item):
    """Why a test is not run on RTL; empty if it is."""
    component = components().get(item.path.parent.name)
    if component is not None and component.elsewhere:
        return component.elsewhere
    marker = item.get_closest_marker("model_only")
    return marker.args[0] if marker else ""


def pytest_generate_tests(metafunc):
    if "bench" in metafunc.fixturenames:
        worlds = ["model"] if why_model_only(metafunc.definition) else list(WORLDS)
        metafunc.parametrize("bench", worlds, indirect=True)


def pytest_report_collectionfinish(config, items):
    if not config.option.collectonly:
        return []
    whys = {item.nodeid.partition("[")[0]: why_model_only(item) for item in items if "bench" in item.fixturenames}
    return [f"on the model only: {test}: {why}" for test, why in whys.items() if why]


@pytest.fixture
def bench(request):
    made = []

    def make(driver, config, model):
        made.append(WORLDS[request.param](driver, config, model))
        return made[-1]

    yield make
    for bed in made:
        bed.close()

"""A farm that is not as it should be."""

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import dask
import pytest
from distributed import LocalCluster, Security

from bedplate.dv.jobs import Runner, farm
from bedplate.dv.jobs.testdata.work import job, square, wait_until
from bedplate.errors import EnvError, ToolMissing

ROOT = Path(__file__).parents[4]


class TestFarm:
    def test_workers_with_other_sources_are_refused(self, cluster, monkeypatch):
        monkeypatch.setattr(farm, "sources", lambda: "edited")
        with pytest.raises(EnvError, match="other sources") as raised:
            Runner(cluster.scheduler_address).run([job(square, 1)])
        assert (raised.value.wanted, raised.value.where) == ("edited", "square (1,)")

    def test_every_source_counts(self, monkeypatch, tmp_path):
        (tmp_path / "ip/a/rtl").mkdir(parents=True)
        monkeypatch.setattr(farm, "PACKAGE", tmp_path)
        seen = set()
        for name in ("a.py", "ip/a/a.rdl", "ip/a/rtl/a.sv", "ip/a/rtl/b.sv", "ip/a/regs.py"):
            (tmp_path / name).write_text("")
            seen.add(farm.sources.__wrapped__())
            (tmp_path / name).write_text("changed")
            seen.add(farm.sources.__wrapped__())
        assert len(seen) == 10
        for name in ("ip/a/test_a.py", "ip/a/rtl/a_regs.sv", "ip/a/rtl/a_block.sv"):  # who tests, and what is made
            (tmp_path / name).write_text("")
            assert farm.sources.__wrapped__() in seen

    def test_a_worker_with_many_threads_does_one_job_at_a_time(self):
        at_once, most = [0], []

        def work():
            at_once[0] += 1
            most.append(at_once[0])
            time.sleep(0.05)
            at_once[0] -= 1

        threads = [threading.Thread(target=farm._perform, args=(job(work), farm.sources())) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert most == [1, 1, 1, 1]

    def test_a_scheduler_that_is_gone(self, tmp_path, monkeypatch):
        monkeypatch.setattr(farm, "ANSWERS", 3)
        file = tmp_path / "scheduler.json"
        command = [
            "-m",
            "distributed.cli.dask_scheduler",
            "--port",
            "0",
            "--no-dashboard",
            "--scheduler-file",
            str(file),
        ]
        with subprocess.Popen([sys.executable, *command], stderr=subprocess.DEVNULL) as scheduler:
            wait_until(file.exists)
            threading.Timer(1, scheduler.kill).start()  # by then the job waits for a worker
            with pytest.raises(EnvError, match="has dropped a job"):
                Runner(json.loads(file.read_text())["address"]).run([job(square, 1)])

    def test_no_scheduler(self, monkeypatch):
        monkeypatch.setattr(farm, "ANSWERS", 1)
        with pytest.raises(EnvError, match="no Dask scheduler answers") as raised:
            Runner("tcp://127.0.0.1:9").run([job(square, 1)])
        assert raised.value.next == "dask scheduler"

    @pytest.mark.parametrize("address", ["tcp://", "tcp://x", "foo://bar", "tls://127.0.0.1:1"])
    def test_an_address_of_no_scheduler_is_one_error_and_nothing_else(self, address):
        program = Path(sys.executable).with_name("bedplate")
        campaign = [program, "dv", "inject", "--runs", "4", "--on", address]
        done = subprocess.run(campaign, capture_output=True, text=True, timeout=60)
        assert done.returncode == 3, done.stderr
        assert "no Dask scheduler answers" in done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        assert ("not configured for TLS" in done.stderr) is address.startswith("tls")

    def test_a_farm_behind_tls_is_reached_as_dask_is_configured(self, tmp_path):
        files = {"cert": str(tmp_path / "cert.pem"), "key": str(tmp_path / "key.pem")}
        make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=farm", "-days", "2"]
        subprocess.run([*make, "-keyout", files["key"], "-out", files["cert"]], check=True, capture_output=True)
        said = {"ca-file": files["cert"]}
        said |= {f"{who}.{what}": file for who in ("client", "scheduler", "worker") for what, file in files.items()}
        with (
            dask.config.set({f"distributed.comm.tls.{name}": file for name, file in said.items()}),
            LocalCluster(
                n_workers=1, processes=False, protocol="tls", security=Security(), dashboard_address=":0"
            ) as cluster,
        ):
            assert cluster.scheduler_address.startswith("tls://")
            assert Runner(cluster.scheduler_address).run([job(square, 3)]) == [9]

    def test_without_dask(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "distributed", None)
        with pytest.raises(ToolMissing) as raised:
            Runner("tcp://127.0.0.1:9").run([job(square, 1)])
        assert raised.value.next == "pip install 'bedplate[farm]'"


def test_the_page_about_farms_is_true(tmp_path):
    """Its commands, for a smaller farm and fewer cases."""
    page = (ROOT / "docs" / "farm.md").read_text()
    for command in (
        "dask scheduler",
        "dask worker tcp://host:8786 --nworkers 8 --nthreads 1",
        "bedplate dv inject --runs 1000000 --on tcp://host:8786",
    ):
        assert f"\n    {command}" in page
    file = tmp_path / "scheduler.json"

    def start(name, *options):
        program = Path(sys.executable).with_name(name)
        return subprocess.Popen([program, *options], stderr=subprocess.DEVNULL, stdout=subprocess.PIPE)

    with start("dask", "scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", file) as scheduler:
        wait_until(file.exists)
        address = json.loads(file.read_text())["address"]
        with start("dask", "worker", address, "--nworkers", "1", "--nthreads", "1") as workers:
            with start("bedplate", "--json", "dv", "inject", "--runs", "20", "--on", address) as campaign:
                report = json.loads(campaign.communicate(timeout=300)[0])
            workers.terminate()
        scheduler.terminate()
    assert (report["ok"], report["runs"]) == (True, 20)

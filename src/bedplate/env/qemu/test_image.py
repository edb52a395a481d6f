"""What a guest is made of: packages, kernel modules, an unpacked kernel, this checkout."""

import lzma
import struct

import pytest

from bedplate.env.qemu import image, packages
from bedplate.env.qemu.modules import Modules
from bedplate.errors import EnvError, ToolMissing

ELF = b"\x7fELF" + bytes(range(256)) * 64


def kernel(payload, setup_sectors=3):
    """A bzImage with a payload, by the Linux/x86 boot protocol."""
    head = bytearray(512 * (setup_sectors + 1))
    head[0x1F1] = setup_sectors
    head[0x202:0x206] = b"HdrS"
    struct.pack_into("<II", head, 0x248, 64, len(payload))
    return bytes(head) + bytes(64) + payload + b"behind"


class TestKernel:
    def test_the_elf_file_comes_out_of_it(self):
        assert image.unpacked(kernel(lzma.compress(ELF) + struct.pack("<I", len(ELF)))) == ELF

    def test_one_that_python_cannot_unpack_is_left_as_it_is(self):
        packed = kernel(b"\x02\x21\x4c\x18 lz4")
        assert image.unpacked(packed) == packed

    def test_what_is_no_kernel_is_refused(self):
        with pytest.raises(EnvError, match="no Linux kernel"):
            image.unpacked(bytes(4096))


@pytest.fixture
def folder(tmp_path):
    def module(name, depends, pack=lambda data: data):
        info = b"\0license=GPL\0depends=" + depends + b"\0name=x\0"
        (tmp_path / "kernel/drivers").mkdir(parents=True, exist_ok=True)
        (tmp_path / "kernel/drivers" / name).write_bytes(pack(b"\x7fELF" + info))

    module("virtio-console.ko", b"virtio_ring,virtio")
    module("virtio_ring.ko.xz", b"", lzma.compress)
    module("virtio.ko", b"virtio_ring,core")
    (tmp_path / "modules.builtin").write_text("kernel/lib/core.ko\n")
    return tmp_path


class TestModules:
    def test_what_a_module_needs_is_loaded_before_it_and_once(self, folder):
        assert Modules(folder).order("virtio_console") == ["virtio_ring", "virtio", "virtio_console"]
        assert Modules(folder).order("virtio-console") == ["virtio_ring", "virtio", "virtio_console"]

    def test_what_is_built_in_is_not_loaded(self, folder):
        assert Modules(folder).order("core") == []

    def test_a_module_that_is_not_there_is_named(self, folder):
        with pytest.raises(EnvError, match="no module spi_x"):
            Modules(folder).order("spi-x")

    def test_a_packed_one_is_unpacked(self, folder):
        assert Modules(folder).code("virtio_ring").startswith(b"\x7fELF")


def program(folder, name, text):
    (folder / name).write_text("#!/bin/sh\n" + text)
    (folder / name).chmod(0o755)


@pytest.fixture
def debian(tmp_path, monkeypatch):
    """A machine whose apt knows one package, and cannot fetch it."""
    program(
        tmp_path,
        "apt-cache",
        'for last; do :; done; [ "$last" = linux-image-amd64:amd64 ] || exit 100\n'
        "cat << END\nDepends: linux-image-6.1.0-9-amd64 (= 6.1), kmod\nEND",
    )
    program(tmp_path, "apt-get", "echo 'E: Failed to fetch, 404'; exit 100")
    program(tmp_path, "dpkg-deb", "exit 1")
    for name in ("sh", "cat"):
        (tmp_path / name).symlink_to(f"/bin/{name}")
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


class TestPackages:
    def test_todays_kernel_is_what_the_meta_package_depends_on(self, debian):
        assert packages.dependency(*image.KERNEL) == "linux-image-6.1.0-9-amd64"

    @pytest.mark.parametrize("missing", ["apt-get", "apt-cache", "dpkg-deb"])
    def test_without_debians_tools_the_missing_one_is_named(self, debian, tmp_path, missing):
        (debian / missing).unlink()
        with pytest.raises(ToolMissing, match=f"{missing} is not installed"):
            packages.fetch_alone("linux-image-amd64", tmp_path / "there", print)

    def test_lists_that_were_never_fetched_are_a_missing_tool(self, debian, tmp_path):
        with pytest.raises(ToolMissing, match="apt knows no package python3") as caught:
            packages.fetch(["linux-image-amd64", "python3"], tmp_path / "there", print)
        assert caught.value.next == "apt-get update"

    def test_what_apt_cannot_fetch_is_told_in_its_words(self, debian, tmp_path):
        with pytest.raises(EnvError, match="404") as caught:
            packages.fetch_alone("linux-image-amd64", tmp_path / "there", print)
        assert "apt-get update" in caught.value.next


class TestCheckout:
    def test_a_guest_has_every_module_of_the_package_and_no_test(self):
        names = set(image._files())
        place = "usr/lib/python3/dist-packages/bedplate"
        assert {
            f"{place}/__init__.py",
            f"{place}/cli/app.py",
            f"{place}/env/linux/pci.py",
            "init",
            "usr/bin/bedplate",
        } <= names
        assert not [name for name in names if "/test_" in name or "conftest" in name]

    def test_what_was_fetched_is_kept_or_left_out_by_its_name(self):
        assert image._is_kept("usr/lib/python3.11/json/decoder.py")
        assert image._is_kept("bin/busybox")
        assert not image._is_kept("usr/lib/python3.11/test/support.py")
        assert not image._is_kept("usr/lib/x86_64-linux-gnu/libcrypto.so.3")
        assert not image._is_kept("usr/share/doc/python3/README")

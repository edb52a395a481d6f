"""Archives: the same files, the same bytes, in a form that the kernel takes (its reading of them is proved by every guest)."""

import os
import random
import stat

import pytest

from bedplate.env.qemu import cpio

FILES = {
    "init": cpio.file(b"#!/bin/sh\n", executable=True),
    "usr/lib/a.py": cpio.file(b"a = 1\n"),
    "usr/lib-x/b.py": cpio.file(b""),
    "usr/lib/link": cpio.link("a.py"),
    "dev": cpio.directory(),
}


def unpack(data):
    """What is in an archive, by cpio(5): name -> (fields, contents), in order."""
    found, at = {}, 0
    while True:
        assert data[at : at + 6] == b"070701"
        names = [
            "ino",
            "mode",
            "uid",
            "gid",
            "nlink",
            "mtime",
            "filesize",
            "devmajor",
            "devminor",
            "rdevmajor",
            "rdevminor",
            "namesize",
            "check",
        ]
        fields = {name: int(data[at + 6 + 8 * i : at + 14 + 8 * i], 16) for i, name in enumerate(names)}
        name = data[at + 110 : at + 110 + fields["namesize"]]
        assert name.endswith(b"\0")
        at += -(-(110 + fields["namesize"]) // 4) * 4
        contents = data[at : at + fields["filesize"]]
        at += -(-fields["filesize"] // 4) * 4
        if name == b"TRAILER!!!\0":
            assert not any(data[at:])
            return found
        found[name[:-1].decode()] = (fields, contents)


def test_the_same_files_are_the_same_bytes_in_whatever_order_they_come():
    names = list(FILES)
    random.Random(1).shuffle(names)
    assert cpio.archive({name: FILES[name] for name in names}) == cpio.archive(FILES)


def test_when_and_by_whom_a_file_was_written_does_not_matter(tmp_path):
    archives = []
    for time in (1, 2_000_000_000):
        path = tmp_path / "a.py"
        path.write_text("a")
        os.utime(path, (time, time))
        archives.append(cpio.archive(cpio.tree(tmp_path, [path])))
    assert archives[0] == archives[1]


def test_what_goes_in_comes_out():
    found = unpack(cpio.archive(FILES))
    assert {name: contents for name, (_, contents) in found.items() if contents} == {
        "init": b"#!/bin/sh\n",
        "usr/lib/a.py": b"a = 1\n",
        "usr/lib/link": b"a.py",
    }
    modes = {name: fields["mode"] for name, (fields, _) in found.items()}
    assert modes["init"] == stat.S_IFREG | 0o755
    assert modes["usr/lib/a.py"] == stat.S_IFREG | 0o644
    assert stat.S_ISLNK(modes["usr/lib/link"])
    assert stat.S_ISDIR(modes["dev"])


def test_a_folder_comes_before_what_is_in_it_or_the_kernel_drops_that():
    order = list(unpack(cpio.archive(FILES)))
    for name in order:
        parents = [parent for parent in order if name.startswith(parent + "/")]
        assert all(order.index(parent) < order.index(name) for parent in parents)
    assert {"usr", "usr/lib", "usr/lib-x"} <= set(order)


def test_every_file_has_a_number_of_its_own_or_the_kernel_links_them():
    numbers = [fields["ino"] for fields, _ in unpack(cpio.archive(FILES)).values()]
    assert len(set(numbers)) == len(numbers)


def test_another_archive_may_follow():
    assert len(cpio.archive(FILES)) % cpio.ALIGNMENT == 0


def test_a_tree_has_files_and_links_as_they_are(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/run").write_bytes(b"x")
    (tmp_path / "sub/run").chmod(0o700)
    (tmp_path / "sub/there").symlink_to("run")
    assert cpio.tree(tmp_path, tmp_path.rglob("*")) == {
        "sub/run": cpio.file(b"x", executable=True),
        "sub/there": cpio.link("run"),
    }


@pytest.mark.parametrize("size", range(5))
def test_contents_of_any_length_keep_what_follows_in_place(size):
    found = unpack(cpio.archive({"a": cpio.file(b"x" * size), "b": cpio.file(b"y")}))
    assert (found["a"][1], found["b"][1]) == (b"x" * size, b"y")

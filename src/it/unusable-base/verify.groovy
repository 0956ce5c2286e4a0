// SPDX-License-Identifier: Apache-2.0
def log = new File(basedir, 'build.log').text
assert log.contains('the base image cannot be used: there is no directory')
assert log.contains('(<from>oci:nowhere</from>)')
assert log =~ /To fix: correct <from>/
assert log =~ /Checked oci:target.jlayer.image sha256:[0-9a-f]+: 1 manifest, [0-9]+ layers/
assert log.contains('No findings: the image is sound')
assert new File(basedir, 'target/jlayer/image.digest').isFile()
return true

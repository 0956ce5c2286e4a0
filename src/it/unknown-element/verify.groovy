// SPDX-License-Identifier: Apache-2.0
def log = new File(basedir, 'build.log').text
assert log.contains('there is no setting <layring>')
assert log.contains('did you mean <layering>?')
assert !new File(basedir, 'target/jlayer').exists()
return true

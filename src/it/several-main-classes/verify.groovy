// SPDX-License-Identifier: Apache-2.0
def log = new File(basedir, 'build.log').text
assert log.contains('several classes have a main method: it.First, it.Second')
assert !new File(basedir, 'target/jlayer/image').exists()
return true

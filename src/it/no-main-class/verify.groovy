// SPDX-License-Identifier: Apache-2.0
def log = new File(basedir, 'build.log').text
assert log.contains('has a main method')
assert log.contains('<container><mainClass>')
assert !new File(basedir, 'target/jlayer/image').exists()
return true

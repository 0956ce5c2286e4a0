// SPDX-License-Identifier: Apache-2.0
def log = new File(basedir, 'build.log').text
assert log.contains('the project has not been packaged')
assert log.contains('mvn package jlayer:build')
assert !new File(basedir, 'target/jlayer').exists()
return true

// SPDX-License-Identifier: Apache-2.0
def log = new File(basedir, 'build.log').text
assert log.contains('there is no setting <mainclass> in <container> (<configuration> of jlayer-maven-plugin)')
assert log.contains('To fix: did you mean <mainClass>?')
assert !log.contains('ContainerParameters')
assert !new File(basedir, 'target/jlayer').exists()
return true

// SPDX-License-Identifier: Apache-2.0
import groovy.json.JsonSlurper

def target = new File(basedir, 'target/jlayer')
def id = new File(target, 'image.id').text
def config = new JsonSlurper().parse(new File(target, "image/blobs/${id.replace(':', '/')}")).config
assert config.User == '42'
assert config.Env == ['A=line', 'B=pom']
return true

// SPDX-License-Identifier: Apache-2.0
import groovy.json.JsonSlurper

def target = new File(basedir, 'target/jlayer')
def report = new JsonSlurper().parse(new File(target, 'image.json'))
assert report.digest == new File(target, 'image.digest').text
assert report.imageId == new File(target, 'image.id').text
assert report.platforms[0].layers*.name == ['class path', 'classes']
assert report.platforms[0].layers.every { it.state in ['built', 'reused'] }

def index = new JsonSlurper().parse(new File(target, 'image/index.json'))
assert index.manifests[0].digest == report.digest
assert new File(target, "image/blobs/${report.imageId.replace(':', '/')}").isFile()
return true

// SPDX-License-Identifier: Apache-2.0
import groovy.json.JsonSlurper

def target = new File(basedir, 'target/jlayer')
def report = new JsonSlurper().parse(new File(target, 'image.json'))
def layers = report.platforms[0].layers
assert layers*.name == ['src/main/jlayer', 'configuration', 'class path', 'classes']

def list = { layer ->
    def blob = new File(target, "image/blobs/${layer.digest.replace(':', '/')}")
    ['tar', '--numeric-owner', '-tvzf', blob.path].execute([ 'TZ=UTC', 'LC_ALL=C', 'PATH=' + System.getenv('PATH') ], null).text
}
def own = list(layers[1])
assert own =~ /-rw-r----- 1000\/1001 .* etc\/shop\/shop\.conf/
assert own =~ /etc\/current -> shop/
assert !own.contains('.bak')
assert list(layers[0]) =~ /-rw-r--r-- 0\/0 .* opt\/notice\.txt/
return true

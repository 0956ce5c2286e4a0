// SPDX-License-Identifier: Apache-2.0
import groovy.json.JsonSlurper

def target = new File(basedir, 'target/jlayer')
def report = new JsonSlurper().parse(new File(target, 'image.json'))
def layers = report.platforms[0].layers
assert layers*.name == ['slf4j-api 2.0.17', 'web resources', 'classes']

def list = { layer ->
    def blob = new File(target, "image/blobs/${layer.digest.replace(':', '/')}")
    ['tar', '-tzf', blob.path].execute([ 'LC_ALL=C', 'PATH=' + System.getenv('PATH') ], null).text
}
assert list(layers[0]).contains('srv/webapps/ROOT/WEB-INF/lib/slf4j-api-2.0.17.jar\n')
assert list(layers[1]).contains('srv/webapps/ROOT/index.html\n')
assert list(layers[1]).contains('srv/webapps/ROOT/WEB-INF/web.xml\n')
assert list(layers[2]).contains('srv/webapps/ROOT/WEB-INF/classes/it/Greeting.class\n')
assert !list(layers[1]).contains('.class')
return true

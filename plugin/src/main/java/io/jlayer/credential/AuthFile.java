// SPDX-License-Identifier: Apache-2.0
package io.jlayer.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.http.Credential;
import io.jlayer.http.Events;
import io.jlayer.http.Hosts;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Credentials in a file as {@code docker login} and {@code podman login} write it: in the file itself, or with the helpers
 * that it names. Keys may name a part of a registry; the longest that fits decides. A broken file is reported and passed
 * over.
 *
 * @see <a href="https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md">containers-auth.json(5)</a>
 */
public final class AuthFile implements Credentials {

    private final Path file;
    private final CredentialHelpers helpers;
    private final Events events;

    /** Reads {@code file}, there or not, each time that it is asked. */
    public AuthFile(Path file, CredentialHelpers helpers, Events events) {
        this.file = file;
        this.helpers = helpers;
        this.events = events;
    }

    @Override
    public Optional<Credential> find(String registry, String repository) throws IOException {
        Optional<JsonObject> json = read();
        if (json.isEmpty()) {
            return Optional.empty();
        }
        try {
            return find(json.get(), GivenCredentials.names(registry, repository), Hosts.canonical(registry));
        } catch (IllegalArgumentException e) {
            report(e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<JsonObject> read() {
        try {
            return Optional.of(OciJson.parse(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            report("it cannot be read");
        } catch (IllegalArgumentException e) {
            report("it is not a JSON object"); // the cause could quote a secret
        }
        return Optional.empty();
    }

    private Optional<Credential> find(JsonObject json, List<String> names, String registry) throws IOException {
        Map<String, Object> particular =
                json.object("credHelpers").orElse(JsonObject.EMPTY).members();
        for (String name : names) {
            for (Map.Entry<String, Object> entry : particular.entrySet()) {
                if (GivenCredentials.normalized(entry.getKey()).equals(name)
                        && entry.getValue() instanceof String helper) {
                    return helpers.ask(helper, registry);
                }
            }
        }
        String store = json.text("credsStore").orElse("");
        Optional<Credential> stored = store.isEmpty() ? Optional.empty() : helpers.ask(store, registry);
        return stored.isPresent() ? stored : inside(json.object("auths").orElse(JsonObject.EMPTY), names);
    }

    private Optional<Credential> inside(JsonObject auths, List<String> names) {
        for (String name : names) {
            for (Map.Entry<String, Object> entry : auths.members().entrySet()) {
                if (GivenCredentials.normalized(entry.getKey()).equals(name)
                        && entry.getValue() instanceof JsonObject auth) {
                    Optional<Credential> credential = credential(auth, entry.getKey());
                    if (credential.isPresent()) {
                        return credential;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Credential> credential(JsonObject auth, String key) {
        String identity = auth.text("identitytoken").orElse("");
        if (!identity.isEmpty()) {
            return Optional.of(new Credential.IdentityToken(identity));
        }
        String username = auth.text("username").orElse("");
        if (!username.isEmpty()) {
            return Optional.of(
                    new Credential.Password(username, auth.text("password").orElse("")));
        }
        return auth.text("auth").filter(text -> !text.isBlank()).flatMap(text -> decoded(text, key));
    }

    private Optional<Credential> decoded(String auth, String key) {
        String both;
        try {
            // Some write a NUL after it.
            both = new String(Base64.getDecoder().decode(auth.strip()), UTF_8).replaceAll("\0+$", "");
        } catch (IllegalArgumentException e) {
            both = "";
        }
        int colon = both.indexOf(':');
        if (colon < 1) {
            report("'auth' of '" + key + "' is not base64 of user:password");
            return Optional.empty();
        }
        return Optional.of(new Credential.Password(both.substring(0, colon), both.substring(colon + 1)));
    }

    private void report(String what) {
        events.info("credentials in " + file + " are passed over: " + what);
    }
}

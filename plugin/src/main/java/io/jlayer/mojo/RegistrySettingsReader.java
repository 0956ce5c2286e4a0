// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.FileNames;
import io.jlayer.credential.CredentialSources;
import io.jlayer.credential.GivenCredentials;
import io.jlayer.error.UserError;
import io.jlayer.http.Credential;
import io.jlayer.http.Events;
import io.jlayer.http.Proxies;
import io.jlayer.http.ProxyExceptions;
import io.jlayer.http.ProxyServer;
import io.jlayer.registry.RegistrySettings;
import io.jlayer.transport.CacheSettings;
import io.jlayer.transport.TransportName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;

/** Turns what the POM, Maven's settings and the environment say about registries into what their client understands. */
final class RegistrySettingsReader {

    private final JlayerMojo goal;
    private final SettingsDecrypter decrypter;
    private final Map<String, String> environment;
    private final Events events;

    RegistrySettingsReader(
            JlayerMojo goal, SettingsDecrypter decrypter, Map<String, String> environment, Events events) {
        this.goal = goal;
        this.decrypter = decrypter;
        this.environment = environment;
        this.events = events;
    }

    /**
     * Reads all of it; passwords in Maven's settings are decrypted.
     *
     * @throws UserError if something there cannot be
     */
    RegistrySettings read() {
        Settings settings = goal.session.getSettings();
        SettingsDecryptionResult plain = decrypter.decrypt(new DefaultSettingsDecryptionRequest(settings));
        plain.getProblems().forEach(problem -> events.info("settings.xml: " + problem.getMessage()));
        try {
            RegistrySettings read = RegistrySettings.defaults()
                    .withCredentials(new CredentialSources(environment, System.getProperty("user.home"), events)
                            .all(
                                    goal.credentials.stream()
                                            .map(credential -> credential.toEntry(environment))
                                            .toList(),
                                    goal.credentialHelper == null ? "" : goal.credentialHelper,
                                    servers(plain.getServers()),
                                    pushedTo()))
                    .withMirrors(mirrors())
                    .withInsecureHosts(new HashSet<>(goal.insecureRegistries))
                    .withProxies(Proxies.of(proxies(plain.getProxies()), environment))
                    .withOffline(goal.session.isOffline());
            return goal.caBundle == null ? read : read.withCaBundle(checkedCaBundle());
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), "<mirrors>, settings.xml or the environment", "correct it there", e);
        }
    }

    private Path checkedCaBundle() {
        if (!Files.isReadable(FileNames.of(goal.caBundle.getPath()))) {
            throw new UserError(
                    "there is no file " + goal.caBundle, "<caBundle>", "name a file of certificates in PEM");
        }
        return FileNames.of(goal.caBundle.getPath());
    }

    private static List<GivenCredentials.Entry> servers(List<Server> servers) {
        List<GivenCredentials.Entry> entries = new ArrayList<>();
        for (Server server : servers) {
            if (server.getId() != null && server.getUsername() != null && server.getPassword() != null) {
                entries.add(new GivenCredentials.Entry(
                        server.getId(), new Credential.Password(server.getUsername(), server.getPassword())));
            }
        }
        return entries;
    }

    /**
     * The registries that the environment's general user name and password are for: those that are written to. What else is
     * a target is a file or an engine's image, even where its name could be read as that of a repository.
     */
    private Set<String> pushedTo() {
        Set<String> hosts = new HashSet<>();
        for (String target : goal.targets()) {
            try {
                TransportName name = TransportName.target(String.valueOf(target));
                if (name.isRegistry()) {
                    hosts.add(name.reference().registry());
                }
            } catch (UserError noTarget) {
                // said where the target itself is read
            }
        }
        try {
            Optional.ofNullable(goal.cache.registry)
                    .ifPresent(cache -> hosts.add(CacheSettings.place(cache).registry()));
        } catch (UserError noRepository) {
            // said where the cache is used
        }
        return hosts;
    }

    private SortedMap<String, List<String>> mirrors() {
        SortedMap<String, List<String>> mirrors = new TreeMap<>();
        for (MirrorParameters mirror : goal.mirrors) {
            if (mirror.registry == null || mirror.url == null) {
                throw new UserError(
                        "a mirror is not complete", "<mirrors>", "give each <mirror> a <registry> and a <url>");
            }
            mirrors.computeIfAbsent(mirror.registry, registry -> new ArrayList<>())
                    .add(mirror.url);
        }
        return mirrors;
    }

    private static List<Proxies.Rule> proxies(List<Proxy> proxies) {
        List<Proxies.Rule> rules = new ArrayList<>();
        for (Proxy proxy : proxies) {
            if (proxy.isActive()) {
                Optional<Credential.Password> credential = proxy.getUsername() == null
                        ? Optional.empty()
                        : Optional.of(new Credential.Password(
                                proxy.getUsername(), proxy.getPassword() == null ? "" : proxy.getPassword()));
                ProxyExceptions except =
                        ProxyExceptions.bars(proxy.getNonProxyHosts() == null ? "" : proxy.getNonProxyHosts());
                rules.addAll(Proxies.rules(
                        proxy.getProtocol(),
                        kind -> new ProxyServer(kind, proxy.getHost(), proxy.getPort(), credential),
                        except));
            }
        }
        return rules;
    }
}

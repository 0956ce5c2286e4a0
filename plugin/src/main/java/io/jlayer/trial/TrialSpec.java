// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What to run of an image and how, where that is not for the image to say. Immutable; made by a {@link Builder}.
 */
public final class TrialSpec {

    private final Builder from;

    private TrialSpec(Builder from) {
        this.from = from;
    }

    /** A builder with nothing set: the image's own command, this machine's network, everything discarded at the end. */
    public static Builder builder() {
        return new Builder();
    }

    /** What runs in place of the image's entrypoint and command; empty for those. */
    public List<String> command() {
        return from.command;
    }

    /** What follows the image's entrypoint in place of its command; empty for that. */
    public List<String> arguments() {
        return from.arguments;
    }

    /** Whether a shell of the image runs. */
    public boolean shell() {
        return from.shell;
    }

    public Network network() {
        return from.network;
    }

    public List<PublishedPort> publish() {
        return from.publish;
    }

    /** What is set besides, or in place of, the image's environment. */
    public SortedMap<String, String> environment() {
        return from.environment;
    }

    public List<Volume> volumes() {
        return from.volumes;
    }

    public Limits limits() {
        return from.limits;
    }

    /** Whether nothing but volumes, /tmp and /dev/shm can be written. */
    public boolean readOnly() {
        return from.readOnly;
    }

    /** Whether system calls that are the machine's business are forbidden; needs crun. */
    public boolean seccomp() {
        return from.seccomp;
    }

    /** A user in place of the image's; empty for that. */
    public String user() {
        return from.user;
    }

    /** The name under which what was written is kept. */
    public Optional<String> keep() {
        return from.keep;
    }

    /** The kept trial to go on with. It stays kept. */
    public Optional<String> resume() {
        return from.resume;
    }

    /** Whether what is written stays when the trial ends. */
    public boolean isKept() {
        return from.keep.isPresent() || from.resume.isPresent();
    }

    /** Whether what was written is to become a layer. */
    public boolean commit() {
        return from.commit;
    }

    /** How long the program may run. */
    public Optional<Duration> timeout() {
        return from.timeout;
    }

    /** What to ask until the program is ready; it is stopped then. */
    public Optional<Readiness> probe() {
        return from.probe;
    }

    /** How long the program may take to end when asked to, before it is ended. */
    public Duration stopTime() {
        return from.stopTime;
    }

    /** How to run it. */
    public Engine engine() {
        return from.engine;
    }

    /** Takes what differs from the ordinary. */
    public static final class Builder {
        private List<String> command = List.of();
        private List<String> arguments = List.of();
        private boolean shell;
        private Network network = Network.HOST;
        private List<PublishedPort> publish = List.of();
        private SortedMap<String, String> environment = Collections.emptySortedMap();
        private List<Volume> volumes = List.of();
        private Limits limits = Limits.NONE;
        private boolean readOnly;
        private boolean seccomp;
        private String user = "";
        private Optional<String> keep = Optional.empty();
        private Optional<String> resume = Optional.empty();
        private boolean commit;
        private Optional<Duration> timeout = Optional.empty();
        private Optional<Readiness> probe = Optional.empty();
        private Duration stopTime = Duration.ofSeconds(10);
        private Engine engine = Engine.AUTO;

        private Builder() {}

        private Builder(Builder other) {
            command = other.command;
            arguments = other.arguments;
            shell = other.shell;
            network = other.network;
            publish = other.publish;
            environment = other.environment;
            volumes = other.volumes;
            limits = other.limits;
            readOnly = other.readOnly;
            seccomp = other.seccomp;
            user = other.user;
            keep = other.keep;
            resume = other.resume;
            commit = other.commit;
            timeout = other.timeout;
            probe = other.probe;
            stopTime = other.stopTime;
            engine = other.engine;
        }

        public Builder command(List<String> value) {
            command = List.copyOf(value);
            return this;
        }

        public Builder arguments(List<String> value) {
            arguments = List.copyOf(value);
            return this;
        }

        public Builder shell(boolean value) {
            shell = value;
            return this;
        }

        public Builder network(Network value) {
            network = value;
            return this;
        }

        public Builder publish(List<PublishedPort> value) {
            publish = List.copyOf(value);
            return this;
        }

        public Builder environment(SortedMap<String, String> value) {
            environment = Collections.unmodifiableSortedMap(new TreeMap<>(value));
            return this;
        }

        public Builder volumes(List<Volume> value) {
            volumes = List.copyOf(value);
            return this;
        }

        public Builder limits(Limits value) {
            limits = value;
            return this;
        }

        public Builder readOnly(boolean value) {
            readOnly = value;
            return this;
        }

        public Builder seccomp(boolean value) {
            seccomp = value;
            return this;
        }

        public Builder user(String value) {
            user = value;
            return this;
        }

        /** {@code value} must be a {@linkplain Trials#checkName name for a trial}. */
        public Builder keep(String value) {
            keep = Optional.of(Trials.checkName(value));
            return this;
        }

        /** {@code value} must be a {@linkplain Trials#checkName name for a trial}. */
        public Builder resume(String value) {
            resume = Optional.of(Trials.checkName(value));
            return this;
        }

        public Builder commit(boolean value) {
            commit = value;
            return this;
        }

        public Builder timeout(Duration value) {
            timeout = Optional.of(value);
            return this;
        }

        public Builder probe(Readiness value) {
            probe = Optional.of(value);
            return this;
        }

        public Builder stopTime(Duration value) {
            stopTime = value;
            return this;
        }

        public Builder engine(Engine value) {
            engine = value;
            return this;
        }

        /**
         * The finished spec.
         *
         * @throws IllegalArgumentException if two settings exclude each other
         */
        public TrialSpec build() {
            if (shell && !(command.isEmpty() && arguments.isEmpty())) {
                throw new IllegalArgumentException("a trial runs either a shell or a command, not both");
            }
            if (!command.isEmpty() && !arguments.isEmpty()) {
                throw new IllegalArgumentException(
                        "a command has its arguments itself, and 'args' are for the image's");
            }
            if (!publish.isEmpty() && network != Network.PRIVATE) {
                throw new IllegalArgumentException("ports can be published only with network 'private';"
                        + (network == Network.NONE
                                ? " with 'none' nobody reaches the program"
                                : " with 'host' the program's ports are this machine's already"));
            }
            if (keep.isPresent() && resume.isPresent() && !keep.equals(resume)) {
                throw new IllegalArgumentException("a resumed trial is kept under its own name '" + resume.get() + "'");
            }
            return new TrialSpec(new Builder(this));
        }
    }
}

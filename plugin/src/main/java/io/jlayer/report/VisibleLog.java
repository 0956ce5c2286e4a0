// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import io.jlayer.image.VisibleText;
import org.apache.maven.plugin.logging.Log;

/**
 * The one door to Maven's log. Much of what goals say strangers wrote: names in images, comments in histories, answers of
 * servers. Here all of it becomes one line that can be seen, so that none moves the terminal's cursor or passes for a line
 * of Maven's own. Stack traces, which are shown to who asks for them, stay as they are.
 */
public final class VisibleLog implements Log {

    private final Log log;

    public VisibleLog(Log log) {
        this.log = log;
    }

    private static String line(CharSequence text) {
        return VisibleText.ofLine(String.valueOf(text));
    }

    @Override
    public boolean isDebugEnabled() {
        return log.isDebugEnabled();
    }

    @Override
    public void debug(CharSequence text) {
        log.debug(line(text));
    }

    @Override
    public void debug(CharSequence text, Throwable failure) {
        log.debug(line(text), failure);
    }

    @Override
    public void debug(Throwable failure) {
        log.debug(failure);
    }

    @Override
    public boolean isInfoEnabled() {
        return log.isInfoEnabled();
    }

    @Override
    public void info(CharSequence text) {
        log.info(line(text));
    }

    @Override
    public void info(CharSequence text, Throwable failure) {
        log.info(line(text), failure);
    }

    @Override
    public void info(Throwable failure) {
        log.info(failure);
    }

    @Override
    public boolean isWarnEnabled() {
        return log.isWarnEnabled();
    }

    @Override
    public void warn(CharSequence text) {
        log.warn(line(text));
    }

    @Override
    public void warn(CharSequence text, Throwable failure) {
        log.warn(line(text), failure);
    }

    @Override
    public void warn(Throwable failure) {
        log.warn(failure);
    }

    @Override
    public boolean isErrorEnabled() {
        return log.isErrorEnabled();
    }

    @Override
    public void error(CharSequence text) {
        log.error(line(text));
    }

    @Override
    public void error(CharSequence text, Throwable failure) {
        log.error(line(text), failure);
    }

    @Override
    public void error(Throwable failure) {
        log.error(failure);
    }
}

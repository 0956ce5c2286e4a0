// SPDX-License-Identifier: Apache-2.0
package io.jlayer.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.image.VisibleText;
import io.jlayer.oci.Digest;
import io.jlayer.oci.OciJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;

/**
 * An inspection as a page for a browser: one file that fetches nothing and sends nothing. All that others wrote is data in
 * it, which its script shows as text; a policy in the page lets a browser run this script and no other.
 */
public final class InspectionPage {

    private InspectionPage() {}

    /** The page; the same for the same image. */
    public static byte[] of(Inspection inspection) throws IOException {
        String style = resource("page.css");
        String script = resource("page.js");
        // In JSON this is the same, and nothing in it can end the element that it stands in.
        String data = OciJson.write(new PageData(inspection).toJson()).replace("<", "\\u003c");
        StringBuilder page = new StringBuilder(resource("page.html"));
        // From the end: what was put in is not looked through.
        put(page, "@SCRIPT@", script);
        put(page, "@DATA@", data);
        put(page, "@STYLE@", style);
        put(page, "@TITLE@", escaped(VisibleText.of(inspection.subject().name())));
        put(page, "@STYLE_HASH@", hash(style));
        put(page, "@SCRIPT_HASH@", hash(script));
        return page.toString().getBytes(UTF_8);
    }

    private static void put(StringBuilder page, String mark, String text) {
        int at = page.indexOf(mark);
        page.replace(at, at + mark.length(), text);
    }

    /** As a policy names it. */
    private static String hash(String text) {
        return "sha256-"
                + Base64.getEncoder().encodeToString(Digest.sha256(text).toBytes());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = InspectionPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}

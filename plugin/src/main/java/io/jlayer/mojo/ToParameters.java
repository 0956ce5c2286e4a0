// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import java.util.List;

/** {@code <to>}: where the image goes. A single target may be written as the element's text. */
public final class ToParameters {

    /** In the POM each has an element of its own, so that is its name on the command line too. */
    List<String> images = List.of();

    List<String> tags = List.of();

    /** Maven calls this for {@code <to>registry.example.com/app</to>}; several may stand there with commas between. */
    public void set(String text) {
        images = Commas.split(text);
    }

    /** Maven calls this for each {@code <image>}. */
    public void setImage(String image) {
        images = Commas.append(images, image);
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.example.shop;

import com.example.greeting.Greeting;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Greets the customers that its resources name. */
public final class Shop {

    private Shop() {}

    public static void main(String[] args) throws IOException {
        Properties shop = new Properties();
        try (InputStream in = Shop.class.getResourceAsStream("/shop.properties")) {
            shop.load(in);
        }
        System.out.println(Greeting.to(shop.getProperty("customer")));
    }
}

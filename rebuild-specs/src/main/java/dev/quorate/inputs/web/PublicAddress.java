package dev.quorate.inputs.web;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** Finds the address of a host that a spec names, and refuses what lies inside this machine's network. */
final class PublicAddress {
    private PublicAddress() {}

    /**
     * The first address of the host.
     *
     * @throws HttpFailedException if it has none, or one that strangers have no business with
     */
    static InetAddress of(URI uri) throws HttpFailedException {
        try {
            // A literal loopback address was accepted with the spec; a name that resolves to one was not.
            if (uri.getScheme().equals("http")) {
                return InetAddress.getByName(uri.getHost());
            }
            InetAddress[] addresses = InetAddress.getAllByName(uri.getHost());
            for (InetAddress address : addresses) {
                if (isInside(address)) {
                    throw new HttpFailedException(
                            "the host's address is inside a private network, where a spec may not point");
                }
            }
            return addresses[0];
        } catch (UnknownHostException e) {
            throw new HttpFailedException("the host has no address", e);
        }
    }

    static boolean isInside(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean carrier = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        return address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || uniqueLocal
                || carrier;
    }
}

package svasim.pcie.fabric;

import java.util.ArrayList;
import java.util.List;
import svasim.pcie.config.PcieError;
import svasim.pcie.tlp.Tlp;

/** What is attached to the lower end of one link: functions, or a switch. */
final class Attached {
    private final List<LinkDevice> devices = new ArrayList<>();
    private final Claims<LinkDevice> claims = new Claims<>(devices, LinkDevice::claims);

    /** By the lower bits of a requester ID: who led to it last, so that one look is enough. */
    private int[] guesses = new int[1];

    void add(LinkDevice device) {
        devices.add(device);
        if (devices.size() > guesses.length) {
            guesses = new int[2 * guesses.length];
        }
    }

    /** Requester ID of what is attached, for answers of its own; 0 if nothing is. */
    int completerId() {
        return devices.isEmpty() ? 0 : devices.get(0).requesterId();
    }

    /** A function here or further below; null if there is none with this requester ID. */
    LinkDevice function(int requesterId) {
        LinkDevice device = towards(requesterId);
        return device == null ? null : device.function(requesterId);
    }

    /** Who is attached here and leads to a requester ID; null if nobody does. */
    LinkDevice towards(int requesterId) {
        int place = requesterId & guesses.length - 1;
        int guess = guesses[place];
        if (guess < devices.size() && devices.get(guess).function(requesterId) != null) {
            return devices.get(guess);
        }
        for (int i = 0; i < devices.size(); i++) {
            if (devices.get(i).function(requesterId) != null) {
                guesses[place] = i;
                return devices.get(i);
            }
        }
        return null;
    }

    /** Who is attached here and claims an address; null if nobody does. */
    LinkDevice claiming(long address) {
        return claims.find(address);
    }

    /**
     * Who is attached here and takes a packet, by ID or by address; null if nobody does. A switch
     * takes everything and looks for itself; to it, a Translation Request is a read like any other.
     */
    LinkDevice target(Tlp tlp) {
        if (!devices.isEmpty() && devices.get(0).forwards()) {
            return devices.get(0);
        }
        int destination = Destination.requesterId(tlp);
        if (destination != Destination.NONE) {
            return towards(destination);
        }
        return Destination.hasAddress(tlp) ? claiming(Destination.address(tlp)) : null;
    }

    /** Whoever is first here notes an error of the link. */
    void found(PcieError error, Tlp tlp) {
        if (!devices.isEmpty()) {
            devices.get(0).found(error, tlp);
        }
    }

    void hotReset(long nowPs) {
        devices.forEach(device -> device.hotReset(nowPs));
    }

    void removed(long nowPs) {
        devices.forEach(device -> device.removed(nowPs));
    }

    void linkReady(long nowPs) {
        for (LinkDevice device : devices) {
            device.linkReady(nowPs);
        }
    }
}

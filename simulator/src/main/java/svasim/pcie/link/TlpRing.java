package svasim.pcie.link;

import svasim.pcie.tlp.Tlp;

/**
 * First-in-first-out queue of packets with a number and a size each; grows as needed. Its places
 * are objects that stay: to put a packet into an array would cost a check of its class each time.
 * One that runs empty begins anew at its first place: what thousands of links touch stays small.
 */
final class TlpRing {
    private static final int INITIAL = 4;

    /** Where a packet stands. */
    private static final class Place {
        private Tlp tlp;
        private long number;
        private int bytes;
    }

    private Place[] places = places(INITIAL);
    private int head;
    private int size;

    private static Place[] places(int count) {
        Place[] made = new Place[count];
        for (int i = 0; i < count; i++) {
            made[i] = new Place();
        }
        return made;
    }

    int size() {
        return size;
    }

    /** Adds a packet whose size nobody asks for. */
    void add(Tlp tlp, long number) {
        add(tlp, number, 0);
    }

    /**
     * Adds a packet.
     *
     * @param wireBytes its size, so that it is reckoned once
     */
    void add(Tlp tlp, long number, int wireBytes) {
        if (size == places.length) {
            grow();
        }
        Place place = place(size++);
        place.tlp = tlp;
        place.number = number;
        place.bytes = wireBytes;
    }

    /** The oldest; the queue must not be empty. */
    Tlp first() {
        return places[head].tlp;
    }

    /** The packet behind so many others. */
    Tlp get(int behind) {
        return place(behind).tlp;
    }

    /** Number of the packet behind so many others. */
    long number(int behind) {
        return place(behind).number;
    }

    /** Number of the oldest; {@link Long#MAX_VALUE} if there is none. */
    long firstNumber() {
        return size == 0 ? Long.MAX_VALUE : places[head].number;
    }

    /** Size of the oldest, as it was added; the queue must not be empty. */
    int firstBytes() {
        return places[head].bytes;
    }

    Tlp take() {
        Place place = places[head];
        Tlp tlp = place.tlp;
        place.tlp = null;
        size--;
        head = size == 0 ? 0 : head + 1 & places.length - 1;
        return tlp;
    }

    void clear() {
        while (size > 0) {
            take();
        }
    }

    private Place place(int behind) {
        return places[head + behind & places.length - 1];
    }

    /** As many new places behind the old ones, which then begin at 0. */
    private void grow() {
        Place[] grown = places(2 * size);
        for (int i = 0; i < size; i++) {
            grown[i] = place(i);
        }
        places = grown;
        head = 0;
    }
}

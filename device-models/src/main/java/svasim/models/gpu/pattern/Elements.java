package svasim.models.gpu.pattern;

import svasim.models.gpu.layout.Packet;

/** Which element of the source each element of the destination comes from. */
final class Elements {
    private Elements() {}

    /** For kernels that copy. */
    static long source(Packet packet, long element) {
        return switch (packet.kernel()) {
            case STRIDED -> Math.floorMod(element * packet.parameter(), packet.elements());
            case TRANSPOSE -> mirrored(element, side(packet));
            default -> element;
        };
    }

    /** Where a word that names an element points: any word names one. */
    static long named(Packet packet, long word) {
        return Math.floorMod(word, packet.elements());
    }

    /** Rows of the largest square matrix that fits. */
    static long side(Packet packet) {
        return (long) Math.sqrt(packet.elements());
    }

    /** What does not belong to the square stays in its place. */
    private static long mirrored(long element, long side) {
        return element >= side * side ? element : element % side * side + element / side;
    }
}

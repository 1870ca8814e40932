package svasim.check;

/**
 * What is wrong, and with whom.
 *
 * @param detail what was found, in a few words
 * @param pasid PASID concerned, or {@link #NONE}
 * @param frame physical address of the frame concerned, or {@link #NONE}
 * @param requesterId function that did it or is concerned, or {@link #NONE}
 * @param mm number of the address space concerned, or {@link #NONE}
 */
public record Finding(String detail, long pasid, long frame, long requesterId, long mm) {
    public static final long NONE = -1;

    static Finding of(String detail) {
        return new Finding(detail, NONE, NONE, NONE, NONE);
    }

    Finding pasid(long number) {
        return new Finding(detail, number, frame, requesterId, mm);
    }

    Finding frame(long address) {
        return new Finding(detail, pasid, address, requesterId, mm);
    }

    Finding device(long id) {
        return new Finding(detail, pasid, frame, id, mm);
    }

    Finding mm(long number) {
        return new Finding(detail, pasid, frame, requesterId, number);
    }
}

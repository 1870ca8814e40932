package svasim.os.mm;

/**
 * A place on the swap device. Entries of page tables that name it count; in the swap cache the
 * contents are in memory too.
 */
final class SwapSlot {
    private final int number;
    private byte[] contents = new byte[(int) PageTables.PAGE];
    private int references;
    private Page page;
    private boolean reading;

    SwapSlot(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    byte[] contents() {
        return contents;
    }

    void contents(byte[] written) {
        contents = written;
    }

    int references() {
        return references;
    }

    void get() {
        references++;
    }

    void put() {
        references--;
    }

    /** The page in the swap cache, or null. */
    Page page() {
        return page;
    }

    void page(Page cached) {
        page = cached;
        reading = false;
    }

    /** The page comes to the swap cache, and is not up to date until the swap device has read. */
    void readInto(Page cached) {
        page = cached;
        reading = true;
    }

    boolean isReading() {
        return reading;
    }

    /** The page has the contents. */
    void read() {
        reading = false;
    }
}

package svasim.os.mm;

import java.util.HashMap;
import java.util.Map;

/** All pages of processes that lie in the memory of some device, by the number in their entries. */
final class DevicePages {
    private final Map<Long, DevicePage> byNumber = new HashMap<>();
    private long last;

    /** A new page, held by the caller. */
    DevicePage add(DeviceMemory memory, long offset) {
        DevicePage page = new DevicePage(memory, ++last, offset);
        byNumber.put(page.number(), page);
        return page;
    }

    DevicePage at(long number) {
        return byNumber.get(number);
    }

    /** Gives a hold back; a page that nobody names or holds is free. */
    void put(DevicePage page) {
        page.release();
        if (page.isUnused()) {
            byNumber.remove(page.number());
            page.memory().free(page);
        }
    }
}

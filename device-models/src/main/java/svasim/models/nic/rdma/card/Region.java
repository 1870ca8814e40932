package svasim.models.nic.rdma.card;

import svasim.device.DeviceTable;

/**
 * Memory of a process that a key stands for (MKEY), with its translations.
 *
 * @param domain protection domain, whose queues may use the key
 * @param hostTable device address of the table in memory of the host, 8 bytes for each page; 0 if
 *     the card has it
 * @param table translations; those that the card caches, if the host has the table
 */
record Region(
        int key,
        long domain,
        long start,
        long bytes,
        long hostTable,
        DeviceTable<PacketAccess> table) {
    boolean contains(long address, long length) {
        long offset = address - start;
        return offset >= 0 && length > 0 && offset <= bytes - length;
    }

    /** Device address of the entry of a page. */
    long entryAddress(long page) {
        return hostTable + (page - start) / DeviceTable.PAGE * Long.BYTES;
    }
}

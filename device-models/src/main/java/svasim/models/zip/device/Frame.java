package svasim.models.zip.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.Checksum;
import svasim.models.zip.layout.Sqe;

/** What stands around a DEFLATE stream (RFC 1950, RFC 1952). */
final class Frame {
    private static final byte[] ZLIB_HEADER = {0x78, 0x01};
    private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private Frame() {}

    /**
     * @param format as in {@link Sqe}
     * @param raw the stream that the source was compressed to
     */
    static byte[] around(byte[] raw, byte[] source, int format) {
        boolean gzip = format == Sqe.GZIP;
        byte[] header = gzip ? GZIP_HEADER : ZLIB_HEADER;
        int trailer = gzip ? 2 * Integer.BYTES : Integer.BYTES;
        ByteBuffer framed = ByteBuffer.allocate(header.length + raw.length + trailer);
        framed.order(gzip ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN).put(header).put(raw);
        framed.putInt(checksum(gzip ? new CRC32() : new Adler32(), source));
        if (gzip) {
            framed.putInt(source.length);
        }
        return framed.array();
    }

    private static int checksum(Checksum sum, byte[] source) {
        sum.update(source);
        return (int) sum.getValue();
    }
}

package dev.quorate.inputs.web;

import dev.quorate.digest.Sha256;
import dev.quorate.inputs.FileCache;
import dev.quorate.inputs.InputSource;
import dev.quorate.inputs.StoredFile;
import dev.quorate.inputs.WrongBytesException;
import dev.quorate.spec.Locator;
import dev.quorate.spec.LockedFile;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Files of plain URLs. */
public final class WebSource implements InputSource {
    private static final long LARGEST = 4L << 30;

    private final HttpFiles http = HttpFiles.straight();

    @Override
    public List<Miss> fetch(List<LockedFile> wanted, FileCache cache) throws IOException, InterruptedException {
        List<Miss> misses = new ArrayList<>();
        for (LockedFile file : wanted) {
            if (file.from() instanceof Locator.Url url) {
                try {
                    get(url.uri(), body -> cache.put(file, body));
                } catch (HttpFailedException | WrongBytesException e) {
                    misses.add(new Miss(file, url.toString(), e.getMessage()));
                }
            }
        }
        return misses;
    }

    /** Takes a file of which the digest is known and the size is not, for making a lock. */
    public StoredFile add(Locator.Url url, Sha256 sha256, FileCache cache)
            throws HttpFailedException, WrongBytesException, InterruptedException {
        return get(url.uri(), body -> cache.put(url.toString(), sha256, body, LARGEST));
    }

    private <T> T get(URI uri, HttpFiles.Taker<T> taker)
            throws HttpFailedException, WrongBytesException, InterruptedException {
        PublicAddress.of(uri);
        return http.get(uri, Map.of(), taker);
    }
}

"""A browser that signs in at the provider, with a cookie jar as browsers have one."""

from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urlsplit

import httpx

from interfaces.http import provider_sign_in, session_cookie
from tests.open_counter import PATIENCE, OpenCounter

DOOR = "/v1/sign-in/provider"


class Visitor:
    """One browser; on loopback it takes Secure cookies, as browsers do."""

    def __init__(self, counter: OpenCounter) -> None:
        self.counter = counter
        policy = DefaultCookiePolicy(secure_protocols=("http", "https"))
        self.cookies = httpx.Cookies()
        self.cookies.jar = CookieJar(policy)
        self.http = httpx.Client(
            base_url=counter.url,
            timeout=PATIENCE,
            event_hooks={
                "request": [self.cookies.set_cookie_header],
                "response": [self.cookies.extract_cookies],
            },
        )
        self.synchronizer = ""

    def close(self) -> None:
        """Be closed by whoever sits before it."""
        self.http.close()

    def leave(self, query: str = "") -> httpx.Response:
        """Be sent to the provider."""
        return self.http.get(f"{DOOR}{query}")

    def returned(self, query: str = "") -> str:
        """Go to the provider, and answer the address of ours that it sends one to."""
        left = self.leave(query)
        assert left.status_code == 303, left.text
        sent = httpx.get(left.headers["location"], timeout=PATIENCE)
        assert sent.status_code == 302
        place = urlsplit(sent.headers["location"])
        return f"{place.path}?{place.query}"

    def open(self, place: str) -> httpx.Response:
        """Open an address of ours, as another site's link or redirect has it."""
        answer = self.http.get(place, headers={"sec-fetch-site": "cross-site"})
        if answer.status_code == 200 and "synchronizer" in answer.json():
            self.synchronizer = answer.json()["synchronizer"]
        return answer

    def sign_in(self, query: str = "") -> httpx.Response:
        """There and back."""
        return self.open(self.returned(query))

    def token(self) -> str:
        """A token for the session."""
        answer = self.http.post(
            "/v1/session/token",
            json={},
            headers={"X-Disposisi-Synchronizer": self.synchronizer},
        )
        assert answer.status_code == 200, answer.text
        told: str = answer.json()["access_token"]
        return told

    def is_refused(self, answer: httpx.Response, status: int, code: str) -> bool:
        """Whether nobody was let in, for this reason."""
        said = (answer.status_code, answer.json()["code"])
        given = self.cookies_of(answer)
        return said == (status, code) and session_cookie.NAME not in given

    @staticmethod
    def cookies_of(answer: httpx.Response) -> dict[str, str]:
        """What an answer gives or takes, by the cookie's name."""
        told = answer.headers.get_list("set-cookie")
        return {name: rest for name, _, rest in (one.partition("=") for one in told)}

    @property
    def session(self) -> str | None:
        """What the session's cookie holds."""
        return self.cookies.get(session_cookie.NAME)

    @property
    def errand(self) -> str | None:
        """What the cookie for the way to the provider holds."""
        return self.cookies.get(provider_sign_in.NAME)

    def plant(self, name: str, value: str) -> None:
        """Set a cookie, as somebody could who has the browser for a moment."""
        host = urlsplit(self.counter.url).hostname or ""
        self.cookies.set(name, value, domain=host, path="/")

-- wrk: the body of a file, posted again and again.
local file = assert(io.open(assert(os.getenv("PAYFERRY_BODY_FILE")), "rb"))
wrk.method = "POST"
wrk.body = file:read("*a")
file:close()
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = assert(os.getenv("PAYFERRY_AUTHORIZATION"))

# The daemon and nothing else: Node's one program on a small Debian, no npm, not root; the root file system may be read-only.
FROM node:24.21.0-bookworm-slim AS page
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.json ./
COPY src src
RUN npm ci

FROM node:24.21.0-bookworm-slim AS install
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image brings its own Node.js: the packaged runtime (an optional dependency) stays out.
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM debian:12.15-slim
# A volume that is mounted here is this user's from the start; so is what is not mounted, where there is a file system to write.
RUN install -d -o 1000 -g 1000 -m 700 /var/lib/ringside
WORKDIR /app
COPY --from=install /usr/local/bin/node /usr/local/bin/node
COPY --from=install /app/node_modules node_modules
COPY package.json ./
COPY src src
COPY --from=page /app/dist dist
USER 1000:1000
ENV NODE_ENV=production
# It listens on loopback, as everywhere: with `--network host` that of the host, or of whoever shares its network. To be
# reached over another network it takes TLS and users, from the configuration that is mounted (README, "In a container").
EXPOSE 9810
HEALTHCHECK --interval=15s --timeout=3s CMD ["node", "-e", "const ask=(scheme)=>new Promise((done)=>require(scheme).get({host:'127.0.0.1',port:9810,path:'/healthz',rejectUnauthorized:false},(r)=>done(r.statusCode===200)).on('error',()=>done(false)));ask('http').then((is)=>is||ask('https')).then((is)=>process.exit(is?0:1))"]
ENTRYPOINT ["node", "--max-semi-space-size=4", "src/ringside.js"]
CMD ["--config", "/etc/ringside/ringside.yaml"]

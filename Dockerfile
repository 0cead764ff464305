# The bot in a container: docs/deploy.md says how to run it.
#
# There is no build step: Node runs the TypeScript as it is. The first stage only fetches what it imports.

# The same as the development dependency `node` in package.json.
ARG NODE_VERSION=24.21.0

FROM node:${NODE_VERSION}-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
COPY patches patches
# None of the production dependencies needs its install scripts.
RUN --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --ignore-scripts --no-audit --no-fund && npx patch-package --error-on-fail

FROM node:${NODE_VERSION}-bookworm-slim
LABEL org.opencontainers.image.title="deckhand" \
      org.opencontainers.image.description="A spaced-repetition quiz bot for Discord and Telegram" \
      org.opencontainers.image.licenses="MIT"
WORKDIR /app
# Owned by root: the bot may read its code, and not change it.
COPY --from=dependencies /app/node_modules node_modules
COPY package.json LICENSE ./
COPY migrations migrations
COPY decks decks
COPY src src
# Only without DATABASE_URL: PGlite, its lock and its backups. A named volume takes over the owner.
RUN install --directory --owner=1000 --group=1000 /data
ENV NODE_ENV=production \
    DECKHAND_DATA=/data \
    DECKHAND_PORT=9090
EXPOSE 9090
# The image's user `node`, by number, so that Kubernetes can tell that it is not root.
USER 1000:1000
STOPSIGNAL SIGTERM
# It listens once the database is there and migrated, which a first start may take a while for.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["node", "src/app/main.ts", "health"]
ENTRYPOINT ["node", "src/app/main.ts"]
CMD ["start"]

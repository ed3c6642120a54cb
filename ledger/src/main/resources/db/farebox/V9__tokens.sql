-- Prepaid credentials; see io.farebox.gate.Tokens. What a client shows is not here, only its SHA-256: whoever reads this table can pay
-- with none of them.
create table farebox_token (
    token_digest varchar(64)   not null,
    payer        varchar(200)  not null,
    network      varchar(41)   not null,
    asset        varchar(200)  not null,
    pay_to       varchar(200)  not null,
    -- ids with a space between each; empty for every route
    routes       varchar(20000) not null,
    origin       varchar(100)  not null,
    issued_at    bigint        not null,
    expires_at   bigint        not null,
    revoked_at   bigint,
    constraint farebox_token_pk primary key (token_digest)
);

create index farebox_token_expires on farebox_token (expires_at);
create index farebox_token_payer on farebox_token (payer);

-- Debits are cleared away with the payments that they were made for.
create index farebox_debit_made on farebox_debit (made_at);
